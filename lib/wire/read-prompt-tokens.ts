import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { Alternative } from "#lib/wire/stream-event.ts";

/**
 * The prompt's tokens with their log probabilities, from the lines of an answer that was asked for them
 * (`decoder_input_details`); null where there are none. Their texts are what the container calls them: rolling batch of
 * 0.29 to 0.31 shows the vocabulary's own pieces, where a space is `Ġ` or `▁`.
 */
export function readPromptTokens(lines: string): Alternative[] | null {
  const parser = createStreamParser();
  const events = [...parser.push(new TextEncoder().encode(`${lines}\n`)), ...parser.end()];
  for (const event of events) {
    if (event.type === "end" && event.promptTokens !== undefined) return event.promptTokens;
  }
  return null;
}
