/** Shorter repeats happen in honest text ("New York, New York"); longer ones at a seam are the model starting over. */
const SHORTEST = 12;

/** How much text may be held back while it could still be a repeat, in UTF-16 units: a restart may be as long as it is. */
const PATIENCE = 2_000;

/**
 * How many UTF-16 units at the start of `next` repeat the end of `answer`; 0 for less than twelve, and for text
 * that repeats itself anyway, such as a ruler of hyphens or a refrain, where a seam cannot be told from a verse.
 */
export function findRepeat(answer: string, next: string): number {
  for (let length = Math.min(answer.length, next.length); length >= SHORTEST; length -= 1) {
    const repeat = next.slice(0, length);
    if (answer.endsWith(repeat)) return isRefrain(repeat) ? 0 : length;
  }
  return 0;
}

/** Whether more of `next` could make a repeat, or a longer one: whether all of it stands inside the answer. */
export function mayRepeatMore(answer: string, next: string): boolean {
  if (next === "") return true;
  if (next.length > PATIENCE && !answer.startsWith(next)) return false;
  const at = answer.indexOf(next);
  return at !== -1 && at + next.length < answer.length;
}

/** Whether a text is one shorter text over and over, at least twice; the last round may be cut short. */
function isRefrain(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period += 1) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
}
