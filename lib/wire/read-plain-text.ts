import type { StreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

/**
 * Reads a body as nothing but text, whatever it looks like: for containers of one's own that answer in no dialect, or
 * with JSON that is the answer itself. Each piece that arrives is a token without a number; a character that is cut
 * between two pieces comes with the second. Bytes that are no UTF-8 become U+FFFD. How the text is divided follows the
 * pieces, so it is no count of the model's tokens; the text itself is the same however they are cut.
 */
export function createPlainTextParser(): StreamParser {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let answer = "";

  function say(text: string): StreamEvent[] {
    if (text === "") return [];
    answer += text;
    return [
      {
        type: "token",
        id: null,
        text,
        logProb: null,
        logProbNote: "not-sent",
        special: false,
        counts: true,
        raw: text,
      },
    ];
  }

  return {
    push: (bytes) => say(decoder.decode(bytes, { stream: true })),
    end: () => [...say(decoder.decode()), { type: "end", rawReason: null, generatedText: answer }],
  };
}
