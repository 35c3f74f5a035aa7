/** A body's line may hold a whole JSON document, but not everything: 16 Mi characters, then it is given up. */
export const LONGEST_LINE = 16 * 1024 * 1024;
/** What is kept of a line that was given up, so that a person can see what it was. */
const KEPT_OF_TOO_LONG = 4096;

/**
 * How a line came to an end. `input`: the body ended inside it, so it may be cut. `too-long`: only its beginning
 * is given, the rest up to the next line end was dropped.
 */
export type LineEnding = "newline" | "input" | "too-long";

export type LineDecoder = {
  push(bytes: Uint8Array): void;
  end(): void;
};

/**
 * Bytes to lines, whatever the chunk boundaries: inside a UTF-8 character, between \r and \n, anywhere.
 * Calls `onLine` once for each line, without its line end; blank lines are given too.
 *
 * Only \n ends a line: LMI writes U+2028, U+2029 and U+0085 raw inside strings (json.dumps with
 * ensure_ascii=False), so a splitter that breaks there cuts JSON in half. A \r before the \n is dropped. A byte
 * order mark at the very start is dropped; invalid UTF-8 becomes U+FFFD and never throws.
 */
export function createLineDecoder(
  onLine: (line: string, ending: LineEnding) => void,
  longest: number = LONGEST_LINE,
): LineDecoder {
  // Streaming: an incomplete character at the end of a chunk waits inside the decoder for its other bytes.
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let skipping = false;

  function take(text: string): void {
    let start = 0;
    let newline = text.indexOf("\n");
    while (newline !== -1) {
      const piece = text.slice(start, newline);
      finish(rest === "" ? piece : rest + piece);
      rest = "";
      start = newline + 1;
      newline = text.indexOf("\n", start);
    }
    if (start < text.length) hold(start === 0 ? text : text.slice(start));
  }

  function finish(line: string): void {
    if (skipping) {
      skipping = false;
      return;
    }
    if (line.length > longest) {
      onLine(line.slice(0, KEPT_OF_TOO_LONG), "too-long");
      return;
    }
    onLine(line.endsWith("\r") ? line.slice(0, -1) : line, "newline");
  }

  function hold(text: string): void {
    if (skipping) return;
    rest += text;
    if (rest.length > longest) {
      // Reported at once: waiting for a line end that may never come would hold the memory until then.
      onLine(rest.slice(0, KEPT_OF_TOO_LONG), "too-long");
      rest = "";
      skipping = true;
    }
  }

  return {
    push(bytes) {
      take(decoder.decode(bytes, { stream: true }));
    },
    end() {
      take(decoder.decode());
      if (rest !== "") onLine(rest.endsWith("\r") ? rest.slice(0, -1) : rest, "input");
      rest = "";
    },
  };
}
