import * as z from "zod/mini";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** Most samples of one question and of one temperature, and temperatures of one sweep. */
const MOST_SAMPLES = 64;
const MOST_SAMPLES_PER_STEP = 16;
const MOST_STEPS = 16;

/** Requests that may be under way at once: more only wait in the container's queue. */
const MOST_AT_ONCE = 32;

/** What is asked, as of `POST /api/invoke`. How a run came about and who waits for it is the experiment's to say. */
const questionSchema = z.omit(invokeRequestSchema, { origin: true, keepRunning: true, answerSoFar: true });

const concurrency = z.int().check(z.gte(1), z.lte(MOST_AT_ONCE));

const samplesSchema = z.strictObject({
  kind: z.literal("samples"),
  request: questionSchema,
  samples: z.int().check(z.gte(2), z.lte(MOST_SAMPLES)),
  concurrency,
});

const sweepSchema = z.strictObject({
  kind: z.literal("sweep"),
  request: questionSchema,
  temperatures: z.array(z.number().check(z.gte(0), z.lte(2))).check(
    z.minLength(2),
    z.maxLength(MOST_STEPS),
    z.refine((all) => new Set(all).size === all.length, "stands for each temperature once"),
  ),
  /** At each temperature. */
  samples: z.int().check(z.gte(1), z.lte(MOST_SAMPLES_PER_STEP)),
  concurrency,
});

/** Many runs of one question: what is asked, in which variations, and how many at once. */
export const experimentSpecSchema = z.discriminatedUnion("kind", [samplesSchema, sweepSchema]);

export type ExperimentSpec = z.infer<typeof experimentSpecSchema>;
export type Question = z.infer<typeof questionSchema>;
