/** Where complete JSON values end in a line, and what is still open at its end. */
export type LineScan = {
  /** Index after each value that came to its end in this line. */
  cuts: number[];
  /** Brackets open at the end of the line. */
  depth: number;
  /** A string is open at the end: JSON has no line breaks in strings, so this can never become valid. */
  brokenString: boolean;
};

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Follows brackets and strings through one line, starting with `depth` brackets open. Used only where
 * JSON.parse refused the line: values glued together without a line end (the container's error object after a
 * token line, a document repeated for each token), or one value over many lines (Gson's pretty print).
 */
export function scanValues(line: string, depth: number): LineScan {
  const cuts: number[] = [];
  let open = depth;
  let at = 0;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(line, at);
      if (at === -1) return { cuts, depth: open, brokenString: true };
      continue;
    }
    at += 1;
    if (code === 123 || code === 91) open += 1;
    else if (code === 125 || code === 93) {
      open -= 1;
      if (open === 0) cuts.push(at);
      // More closed than opened: nothing before this point can be the start of a value.
      if (open < 0) open = 0;
    }
  }
  return { cuts, depth: open, brokenString: false };
}

/**
 * Python writes NaN, Infinity and -Infinity as bare words, which JSON does not have: JSON.parse refuses the line
 * and with it a generated_text that may stand beside them. Puts the words in quotes, so that a reader can still
 * tell "not a finite number" from "not sent".
 */
export function quoteNonFinite(json: string): string {
  if (!json.includes("NaN") && !json.includes("Infinity")) return json;
  let repaired = "";
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    if (json.charCodeAt(at) === QUOTE) {
      const end = endOfString(json, at);
      if (end === -1) break;
      at = end;
      continue;
    }
    const word = nonFiniteAt(json, at);
    if (word === null) {
      at += 1;
      continue;
    }
    repaired += `${json.slice(copied, at)}"${word}"`;
    at += word.length;
    copied = at;
  }
  return repaired + json.slice(copied);
}

function nonFiniteAt(json: string, at: number): string | null {
  for (const word of ["NaN", "-Infinity", "Infinity"]) if (json.startsWith(word, at)) return word;
  return null;
}

/** Index after the string that opens at `start`, or -1 if it does not close. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return -1;
}
