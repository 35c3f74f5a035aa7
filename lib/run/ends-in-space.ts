/**
 * Whether a prompt ends in a space or a tab. Most tokenizers write a space together with the word behind it, so after
 * such a prompt a model has only the rarer words that begin without one: its first token is less sure for it.
 */
export function endsInSpace(prompt: string): boolean {
  return /[ \t]$/.test(prompt);
}
