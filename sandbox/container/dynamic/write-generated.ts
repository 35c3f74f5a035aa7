/** Hugging Face's whole answer: an array, pretty, without a space after the colon. */
export function writeGenerated(texts: readonly string[]): string {
  const entries = texts.map((text) => `  {\n    "generated_text":${JSON.stringify(text)}\n  }`);
  return `[\n${entries.join(",\n")}\n]`;
}
