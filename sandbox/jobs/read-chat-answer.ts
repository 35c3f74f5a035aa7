import { z } from "zod";
import { parseJson } from "../json.ts";

/** What came back for a chat request; moments in milliseconds of the caller's clock. */
export type ChatAnswer = {
  /** Null where it is the answer that was asked for. */
  readonly error: string | null;
  readonly text: string;
  readonly promptTokens: number | null;
  readonly outputTokens: number | null;
  /** When each piece of text arrived, where the answer is streamed. */
  readonly arrivals: readonly number[];
};

/** Bytes of an answer and when they came. */
export type Arrival = { readonly at: number; readonly bytes: Uint8Array };

const chunkSchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      message: z.looseObject({ content: z.string().nullish() }).optional(),
      delta: z.looseObject({ content: z.string().nullish() }).optional(),
    }),
  ),
  usage: z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

/** Reads a whole chat completion, or a stream of them as lines or as events. */
export function readChatAnswer(arrivals: readonly Arrival[]): ChatAnswer {
  const decoder = new TextDecoder();
  let rest = "";
  let text = "";
  let usage: z.infer<typeof chunkSchema>["usage"];
  let understood = 0;
  const pieces: number[] = [];

  function take(line: string, at: number): void {
    const parsed = chunkSchema.safeParse(parseJson(line.replace(/^data: ?/, "")));
    if (!parsed.success) return;
    understood += 1;
    const [choice] = parsed.data.choices;
    text += choice?.message?.content ?? choice?.delta?.content ?? "";
    if ((choice?.delta?.content ?? "") !== "") pieces.push(at);
    usage = parsed.data.usage ?? usage;
  }

  for (const { at, bytes } of arrivals) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line, at);
  }
  take(rest, arrivals.at(-1)?.at ?? 0);
  return {
    error: understood === 0 ? "The answer is no chat completion." : null,
    text,
    promptTokens: usage?.prompt_tokens ?? null,
    // Without a count the pieces are the nearest there is to one: containers write a token at a time.
    outputTokens: usage?.completion_tokens ?? (pieces.length > 0 ? pieces.length : null),
    arrivals: pieces,
  };
}

/** An answer that is none, and why. */
export function failedAnswer(error: string): ChatAnswer {
  return { error, text: "", promptTokens: null, outputTokens: null, arrivals: [] };
}
