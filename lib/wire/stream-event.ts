/**
 * A token the model weighed at one position, in the order of the wire or surest first. `logProb` in nats, null
 * where the wire has none or a stand-in for minus infinity. The sampled token may or may not be among them.
 */
export type Alternative = { id: number | null; text: string; logProb: number | null };

/**
 * What one response body of an LMI container says, whatever its dialect. Everything downstream speaks this.
 *
 * - `token`: one token line. `id` null: the wire has none. `logProb` in nats, null: the wire has none or a
 *   number that is not a log probability (NaN, infinities, vLLM's clamp of -9999); `logProbNote` then says which.
 *   `special`: its text is no part of the answer. `counts` is false for lines that stand for no generated token
 *   (id -1 without text). `channel` says that the text went somewhere else than into the answer, `tool` which tool
 *   was called.
 * - `end`: the container said that this answer is over. `rawReason` as written on the wire, null if absent.
 * - `error`: the container reported a failure inside a 200 answer.
 * - `malformed`: a line that cannot be read; the stream goes on.
 *
 * Where several answers were asked for, `choice` says whose token or end it is; absent is the first answer, 0. Their
 * lines come interleaved.
 *
 * `raw` is the line as it stood on the wire, without its line end; only the first event of a line carries it.
 * A line without a meaning (blank, `[DONE]`, a role announced) makes no event.
 */
export type StreamEvent =
  | {
      type: "token";
      id: number | null;
      text: string;
      logProb: number | null;
      logProbNote?: "not-sent" | "not-finite" | "clamped";
      special: boolean;
      counts: boolean;
      channel?: "reasoning" | "tool-call";
      tool?: string;
      choice?: number;
      alternatives?: Alternative[];
      raw?: string;
    }
  | {
      type: "end";
      rawReason: string | null;
      /** vLLM's second word: the stop string or stop token id that ended a `stop`. Absent: not on the wire. */
      stopReason?: string | number | null;
      /** The whole answer: as written by the LMI schema, or joined from the pieces of an OpenAI stream. */
      generatedText: string | null;
      /** The container's own count; vLLM's async handler reports one too many. */
      generatedTokens?: number | null;
      inputTokens?: number | null;
      /** Rolling batch sends alternatives only here, one list a token; absent if they do not match the tokens. */
      topTokens?: Alternative[][];
      /** The prompt as the container had it, and its tokens, where `decoder_input_details` asked for them. */
      prompt?: string;
      promptTokens?: Alternative[];
      /** The seed that was used, drawn by the container or asked for. */
      seed?: number;
      choice?: number;
      raw?: string;
    }
  | { type: "usage"; inputTokens: number | null; outputTokens: number | null; raw?: string }
  | { type: "error"; message: string; code: number | string | null; raw?: string }
  | { type: "malformed"; raw: string };

export type StreamToken = Extract<StreamEvent, { type: "token" }>;
