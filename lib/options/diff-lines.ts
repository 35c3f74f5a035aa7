/** A line of a comparison: kept, only in the old text, or only in the new one. */
export type DiffLine = { kind: "same" | "removed" | "added"; text: string };

/** The shortest line-by-line difference (longest common subsequence); for files of some hundred lines. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [split(before), split(after)];
  const lengths = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    const [oldLine, newLine] = [old[left], now[right]];
    if (oldLine !== undefined && oldLine === newLine) {
      lines.push({ kind: "same", text: oldLine });
      left++;
      right++;
    } else if (
      oldLine !== undefined &&
      (newLine === undefined || (lengths[left + 1]?.[right] ?? 0) >= (lengths[left]?.[right + 1] ?? 0))
    ) {
      lines.push({ kind: "removed", text: oldLine });
      left++;
    } else {
      lines.push({ kind: "added", text: newLine ?? "" });
      right++;
    }
  }
  return lines;
}

function split(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** `lengths[i][j]`: lines in common from the old one's i-th and the new one's j-th line on. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let left = old.length - 1; left >= 0; left--) {
    const [row, below] = [lengths[left], lengths[left + 1]];
    if (!row || !below) continue;
    for (let right = now.length - 1; right >= 0; right--) {
      row[right] =
        old[left] === now[right]
          ? (below[right + 1] ?? 0) + 1
          : Math.max(below[right] ?? 0, row[right + 1] ?? 0);
    }
  }
  return lengths;
}
