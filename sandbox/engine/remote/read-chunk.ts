import { z } from "zod";
import { parseJson } from "../../json.ts";
import { type Candidate, type Finish, NO_TOKEN_ID } from "../generation.ts";

const entrySchema = z.object({
  token: z.string(),
  logprob: z.number().nullable(),
  // llama.cpp gives ids here, vLLM beside the text.
  id: z.number().int().optional(),
  bytes: z.array(z.number().int()).nullish(),
});
const contentSchema = z.object({
  content: z.array(entrySchema.extend({ top_logprobs: z.array(entrySchema).nullish() })).nullable(),
});
const listsSchema = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number().nullable()),
  top_logprobs: z.array(z.record(z.string(), z.number().nullable()).nullable()).nullish(),
});
const idsSchema = z.array(z.number().int()).nullish();
const choiceSchema = z.object({
  text: z.string().nullish(),
  delta: z.object({ content: z.string().nullish(), reasoning_content: z.string().nullish() }).nullish(),
  logprobs: z.union([listsSchema, contentSchema]).nullish(),
  finish_reason: z.string().nullish(),
  stop_reason: z.union([z.string(), z.number()]).nullish(),
  token_ids: idsSchema,
  prompt_token_ids: idsSchema,
});
const chunkSchema = z.object({
  choices: z.array(choiceSchema),
  usage: z.object({ prompt_tokens: z.number().int() }).nullish(),
  timings: z.object({ prompt_n: z.number().int(), cache_n: z.number().int() }).nullish().catch(undefined),
  prompt_token_ids: idsSchema,
});

type ChunkToken = { readonly token: Candidate; readonly top: readonly Candidate[] };

/** One event of a completions or chat stream, whichever of the two and whichever server wrote it. */
export type Chunk = {
  readonly text: string;
  readonly tokens: readonly ChunkToken[];
  /** Whether this chunk belongs to the answer at all; a usage chunk does not. */
  readonly finish: Finish | null;
  readonly promptCount: number | null;
  readonly promptIds: readonly number[] | null;
};

export type ReadChunk = { kind: "chunk"; chunk: Chunk } | { kind: "error"; message: string };

/** Reads one event; an error object and everything that is no chunk become a message. */
export function readChunk(text: string): ReadChunk {
  const value = parseJson(text);
  const parsed = chunkSchema.safeParse(value);
  if (!parsed.success) {
    return {
      kind: "error",
      message: errorMessage(text) ?? "The server sent an event that is no completion.",
    };
  }
  const { choices, usage, timings, prompt_token_ids: ids } = parsed.data;
  const choice = choices[0];
  const promptIds = choice?.prompt_token_ids ?? ids ?? null;
  return {
    kind: "chunk",
    chunk: {
      text: choice?.text ?? choice?.delta?.content ?? choice?.delta?.reasoning_content ?? "",
      tokens: choice === undefined ? [] : tokensOf(choice),
      finish: choice === undefined ? null : finishOf(choice),
      promptCount:
        usage?.prompt_tokens ?? promptIds?.length ?? (timings ? timings.prompt_n + timings.cache_n : null),
      promptIds,
    },
  };
}

const errorSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/** The server's own words in an error body: vLLM's and llama.cpp's `error.message`, or vLLM's older flat form. */
export function errorMessage(text: string): string | undefined {
  return errorSchema.safeParse(parseJson(text)).data;
}

type Choice = z.infer<typeof choiceSchema>;

function tokensOf({ logprobs, token_ids: ids }: Choice): ChunkToken[] {
  if (!logprobs) return [];
  if ("tokens" in logprobs) {
    return logprobs.tokens.flatMap((text, index) => {
      const logProb = logprobs.token_logprobs[index];
      const top = Object.entries(logprobs.top_logprobs?.[index] ?? {}).flatMap(([other, value]) =>
        value === null ? [] : [candidate(other, value, undefined)],
      );
      return typeof logProb === "number"
        ? [{ token: candidate(text, logProb, ids?.[index]), top: best(top) }]
        : [];
    });
  }
  return (logprobs.content ?? []).flatMap((entry, index) => {
    const top = (entry.top_logprobs ?? []).flatMap((other) =>
      other.logprob === null ? [] : [candidate(other.token, other.logprob, other.id, other.bytes)],
    );
    return entry.logprob === null
      ? []
      : [
          {
            token: candidate(entry.token, entry.logprob, entry.id ?? ids?.[index], entry.bytes),
            top: best(top),
          },
        ];
  });
}

function candidate(
  text: string,
  logProb: number,
  id = NO_TOKEN_ID,
  bytes?: readonly number[] | null,
): Candidate {
  return { id, text, logProb, bytes: bytes ?? [...Buffer.from(text)] };
}

function best(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((left, right) => right.logProb - left.logProb);
}

function finishOf({ finish_reason: reason, stop_reason: stop }: Choice): Finish | null {
  if (reason === null || reason === undefined) return null;
  if (reason === "length") return { reason, stop: null };
  return stop === null || stop === undefined ? { reason: "eos", stop: null } : { reason: "stop", stop };
}
