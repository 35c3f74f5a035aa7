/** More changes than this make another word, not a slip. */
const MOST_CHANGES = 3;

/** The name that a mistyped one most probably means, by insertions, deletions and swaps of letters; null if none is near. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.min(MOST_CHANGES, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const changes = distance(written, name, least);
    if (changes < least) [best, least] = [name, changes];
  }
  return best;
}

/** Rows of the table below, kept from call to call: no option's name is longer. */
const ROWS = [new Uint8Array(128), new Uint8Array(128)] as const;

/** Levenshtein's distance, given up as soon as it must reach `limit`; names above 127 letters are far from all. */
function distance(left: string, right: string, limit: number): number {
  if (left.length > 127 || right.length > 127) return limit;
  let [row, next]: readonly [Uint8Array, Uint8Array] = ROWS;
  for (let column = 0; column <= right.length; column++) row[column] = column;
  for (let at = 1; at <= left.length; at++) {
    const letter = left.charCodeAt(at - 1);
    let smallest = at;
    let before = at;
    next[0] = at;
    for (let column = 1; column <= right.length; column++) {
      const changed = (row[column - 1] ?? 0) + (letter === right.charCodeAt(column - 1) ? 0 : 1);
      before = Math.min((row[column] ?? 0) + 1, before + 1, changed);
      next[column] = before;
      if (before < smallest) smallest = before;
    }
    if (smallest >= limit) return limit;
    [row, next] = [next, row];
  }
  return row[right.length] ?? limit;
}
