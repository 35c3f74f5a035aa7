import { z } from "zod";
import { FAILURE_CODES } from "#lib/failure.ts";

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
  id: z.number().nullable(),
  text: z.string(),
  logProb: z.number().nullable(),
});

export const failureSchema = z.object({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  hint: z.string().exactOptional(),
  detail: z.string().exactOptional(),
  logUrl: z
    .string()
    .regex(/^https:/)
    .exactOptional(),
  field: z.string().exactOptional(),
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
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })).optional(),
});

/**
 * The frames (AWS's payload parts) that came since the last line with a mark: their sizes in bytes, the last of
 * them being the one this line ended in. `begun`: how many frames earlier the line began; `splits`: how many UTF-8
 * characters were cut on the way.
 */
const frameMarkSchema = z.object({
  sizes: z.array(z.number().int().nonnegative()),
  begun: z.number().int().positive().exactOptional(),
  splits: z.number().int().positive().exactOptional(),
});

/**
 * `logProb` in nats; `at` in ms since the request was sent; `raw` the wire's own line, on the first token of it.
 * The last event of a part carries in `raw` the lines that brought no token, joined by line ends.
 */
const tokenSchema = z.object({
  type: z.literal("token"),
  index: z.number().int().nonnegative(),
  part: z.number().int().nonnegative(),
  id: z.number().nullable(),
  text: z.string(),
  logProb: z.number().nullable(),
  logProbNote: z.enum(["not-sent", "not-finite", "clamped"]).optional(),
  special: z.boolean(),
  counts: z.boolean(),
  /** Where the text goes if not into the answer. */
  channel: z.enum(["reasoning", "tool-call"]).optional(),
  /** Which tool the model wants called. */
  tool: z.string().optional(),
  /** What stood in front of `text` and repeated the answer before this request; a token of nothing else counts not. */
  repeated: z.string().optional(),
  /** Chosen by a person from the alternatives; the numbers are the model's. */
  byHand: z.boolean().optional(),
  alternatives: z.array(alternativeSchema).optional(),
  at: z.number(),
  raw: z.string().optional(),
  frames: frameMarkSchema.optional(),
});

/** Rolling batch names the alternatives only when an answer is over; `index` is the token's. */
const lateAlternativesSchema = z.array(
  z.object({ index: z.number().int().nonnegative(), alternatives: z.array(alternativeSchema) }),
);

/** A further answer to the same prompt, where several were asked for. Sums in nats over its tokens with a number. */
const otherAnswerSchema = z.object({
  choice: z.number().int().positive(),
  text: z.string(),
  finishReason: z.string().nullable(),
  tokens: z.number().int().nonnegative(),
  scoredTokens: z.number().int().nonnegative(),
  jointLogProb: z.number().nullable(),
});

/** What an answer turned out to be: told by its content, with what its header said beside it. */
const answeredSchema = z.object({
  contentType: z.string().nullable(),
  dialect: z.string(),
  isFramed: z.boolean(),
});

const partEndSchema = z.object({
  type: z.literal("part-end"),
  part: z.number().int().nonnegative(),
  finishReason: z.string().nullable(),
  /** Said where it was inferred that the length cut this part. */
  note: z.string().optional(),
  alternatives: lateAlternativesSchema.optional(),
  at: z.number(),
  raw: z.string().optional(),
  frames: frameMarkSchema.optional(),
});

const runEndSchema = z.object({
  type: z.literal("run-end"),
  finishReason: z.object({
    raw: z.string().nullable(),
    kind: z.enum(FINISH_KINDS),
    note: z.string().optional(),
  }),
  generatedText: z.string(),
  tokens: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
  /** Set when a limit of auto-continue, not the model, ended the run. */
  stoppedBy: z.enum(["max-requests", "max-tokens"]).optional(),
  alternatives: lateAlternativesSchema.optional(),
  otherAnswers: z.array(otherAnswerSchema).optional(),
  answered: answeredSchema.optional(),
  at: z.number(),
  raw: z.string().optional(),
  frames: frameMarkSchema.optional(),
});

const runErrorSchema = z.object({
  type: z.literal("run-error"),
  failure: failureSchema,
  generatedText: z.string(),
  tokens: z.number().int().nonnegative().optional(),
  requests: z.number().int().nonnegative().optional(),
  answered: answeredSchema.optional(),
  at: z.number().optional(),
  raw: z.string().optional(),
  frames: frameMarkSchema.optional(),
});

const malformedSchema = z.object({
  type: z.literal("malformed"),
  raw: z.string(),
  part: z.number().int().nonnegative().optional(),
  at: z.number().optional(),
  frames: frameMarkSchema.optional(),
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
