import * as z from "zod/mini";
import { failureSchema } from "#lib/failure-schema.ts";

/** Why generation ended, in one vocabulary for every back end. */
export const FINISH_KINDS = [
  "length",
  "end-of-text",
  "stop-sequence",
  "tool-calls",
  "content-filter",
  "interrupted",
  "unknown",
] as const;

const alternativeSchema = z.object({
  id: z.nullable(z.number()),
  text: z.string(),
  logProb: z.nullable(z.number()),
});

const runStartSchema = z.object({
  type: z.literal("run-start"),
  runId: z.string(),
  endpointName: z.string(),
  /** Epoch milliseconds on the server when the first request was sent. */
  startedAt: z.number(),
  /** The dialect the request was written in, and the body as sent (never a header). */
  dialect: z.string(),
  requestBody: z.string(),
  /** Parameters that were set and not sent, since this container has no name for them. */
  leftOut: z.optional(z.array(z.object({ name: z.string(), reason: z.string() }))),
});

/**
 * The frames (AWS's payload parts) that came since the last line with a mark: their sizes in bytes, the last of
 * them being the one this line ended in. `begun`: how many frames earlier the line began; `splits`: how many UTF-8
 * characters were cut on the way.
 */
const frameMarkSchema = z.object({
  sizes: z.array(z.int().check(z.nonnegative())),
  begun: z.exactOptional(z.int().check(z.positive())),
  splits: z.exactOptional(z.int().check(z.positive())),
});

/**
 * `logProb` in nats; `at` in ms since the request was sent; `raw` the wire's own line, on the first token of it.
 * The last event of a part carries in `raw` the lines that brought no token, joined by line ends.
 */
const tokenSchema = z.object({
  type: z.literal("token"),
  index: z.int().check(z.nonnegative()),
  part: z.int().check(z.nonnegative()),
  id: z.nullable(z.number()),
  text: z.string(),
  logProb: z.nullable(z.number()),
  logProbNote: z.optional(z.enum(["not-sent", "not-finite", "clamped"])),
  special: z.boolean(),
  counts: z.boolean(),
  /** Where the text goes if not into the answer. */
  channel: z.optional(z.enum(["reasoning", "tool-call"])),
  /** Which tool the model wants called. */
  tool: z.optional(z.string()),
  /** What stood in front of `text` and repeated the answer before this request; a token of nothing else counts not. */
  repeated: z.optional(z.string()),
  /** Chosen by a person from the alternatives; the numbers are the model's. */
  byHand: z.optional(z.boolean()),
  alternatives: z.optional(z.array(alternativeSchema)),
  at: z.number(),
  raw: z.optional(z.string()),
  frames: z.optional(frameMarkSchema),
});

/** Rolling batch names the alternatives only when an answer is over; `index` is the token's. */
const lateAlternativesSchema = z.array(
  z.object({ index: z.int().check(z.nonnegative()), alternatives: z.array(alternativeSchema) }),
);

/** A further answer to the same prompt, where several were asked for. Sums in nats over its tokens with a number. */
const otherAnswerSchema = z.object({
  choice: z.int().check(z.positive()),
  text: z.string(),
  finishReason: z.nullable(z.string()),
  tokens: z.int().check(z.nonnegative()),
  scoredTokens: z.int().check(z.nonnegative()),
  jointLogProb: z.nullable(z.number()),
});

/** What an answer turned out to be: told by its content, with what its header said beside it. */
const answeredSchema = z.object({
  contentType: z.nullable(z.string()),
  dialect: z.string(),
  isFramed: z.boolean(),
});

const partEndSchema = z.object({
  type: z.literal("part-end"),
  part: z.int().check(z.nonnegative()),
  finishReason: z.nullable(z.string()),
  /** Said where it was inferred that the length cut this part. */
  note: z.optional(z.string()),
  alternatives: z.optional(lateAlternativesSchema),
  at: z.number(),
  raw: z.optional(z.string()),
  frames: z.optional(frameMarkSchema),
});

const runEndSchema = z.object({
  type: z.literal("run-end"),
  finishReason: z.object({
    raw: z.nullable(z.string()),
    kind: z.enum(FINISH_KINDS),
    note: z.optional(z.string()),
  }),
  generatedText: z.string(),
  tokens: z.int().check(z.nonnegative()),
  requests: z.int().check(z.nonnegative()),
  /** Set when a limit of auto-continue, not the model, ended the run. */
  stoppedBy: z.optional(z.enum(["max-requests", "max-tokens"])),
  alternatives: z.optional(lateAlternativesSchema),
  otherAnswers: z.optional(z.array(otherAnswerSchema)),
  answered: z.optional(answeredSchema),
  at: z.number(),
  raw: z.optional(z.string()),
  frames: z.optional(frameMarkSchema),
});

const runErrorSchema = z.object({
  type: z.literal("run-error"),
  failure: failureSchema,
  generatedText: z.string(),
  tokens: z.optional(z.int().check(z.nonnegative())),
  requests: z.optional(z.int().check(z.nonnegative())),
  answered: z.optional(answeredSchema),
  at: z.optional(z.number()),
  raw: z.optional(z.string()),
  frames: z.optional(frameMarkSchema),
});

const malformedSchema = z.object({
  type: z.literal("malformed"),
  raw: z.string(),
  part: z.optional(z.int().check(z.nonnegative())),
  at: z.optional(z.number()),
  frames: z.optional(frameMarkSchema),
});

/** One line of `POST /api/invoke`'s answer. Exactly one `run-end` or `run-error` comes last. */
export const runEventSchema = z.discriminatedUnion("type", [
  runStartSchema,
  tokenSchema,
  partEndSchema,
  runEndSchema,
  runErrorSchema,
  malformedSchema,
]);

export type RunEvent = z.infer<typeof runEventSchema>;
export type FrameMark = z.infer<typeof frameMarkSchema>;
export type TokenEvent = z.infer<typeof tokenSchema>;
export type OtherAnswer = z.infer<typeof otherAnswerSchema>;
export type Answered = z.infer<typeof answeredSchema>;
export type FinishReason = z.infer<typeof runEndSchema>["finishReason"];
