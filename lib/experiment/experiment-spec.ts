import * as z from "zod/mini";
import { labelSetSchema } from "#lib/classify/label.ts";
import { labelledRowSchema, MOST_ROWS } from "#lib/classify/labelled-rows.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";
import { variablesIn } from "#lib/run/prompt-template.ts";

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

/** The same words to two endpoints, or to one in two manners. `request` is the left one, with the words of both. */
const compareSchema = z.strictObject({
  kind: z.literal("compare"),
  request: questionSchema,
  against: z.omit(questionSchema, { prompt: true, messages: true, plainText: true }),
  /** Both at the same time. */
  concurrency: z.literal(2),
});

/** The name of the variable that a row's text takes the place of. */
export const TEXT_VARIABLE = "text";

/** Requests of one classification; with forced labels a row takes one for each variant. */
const MOST_REQUESTS = 5_000;

const classifySchema = z
  .strictObject({
    kind: z.literal("classify"),
    /** Its prompt is a template with `{{text}}`. */
    request: questionSchema,
    labels: labelSetSchema,
    rows: z.array(labelledRowSchema).check(z.minLength(1), z.maxLength(MOST_ROWS)),
    /** `alternatives`: one answer a row, scored by where it begins. `forced`: every variant is put behind the prompt. */
    scoring: z.enum(["alternatives", "forced"]),
    /** Decides which rows are held out from the fitting of a temperature. */
    seed: z.int().check(z.gte(0), z.lte(4_294_967_295)),
    concurrency,
  })
  .check(
    z.refine(({ request }) => variablesIn(request.prompt ?? "").includes(TEXT_VARIABLE), {
      path: ["request", "prompt"],
      message: "has no {{text}}",
    }),
    z.refine(({ labels, rows }) => rows.every(({ truth }) => truth < labels.length), {
      path: ["rows"],
      message: "names a label that is not there",
    }),
    z.refine((spec) => requestsOf(spec) <= MOST_REQUESTS, {
      path: ["rows"],
      message: `takes more than ${MOST_REQUESTS} requests`,
    }),
  );

/** How many requests a classification sends. */
export function requestsOf({
  scoring,
  labels,
  rows,
}: {
  scoring: "alternatives" | "forced";
  labels: readonly { variants: readonly string[] }[];
  rows: readonly unknown[];
}): number {
  const perRow = labels.reduce((sum, { variants }) => sum + variants.length, 0);
  return rows.length * (scoring === "forced" ? perRow : 1);
}

/** Many runs of one question: what is asked, in which variations, and how many at once. */
export const experimentSpecSchema = z.discriminatedUnion("kind", [
  samplesSchema,
  sweepSchema,
  compareSchema,
  classifySchema,
]);

export type ExperimentSpec = z.infer<typeof experimentSpecSchema>;
export type CompareSpec = z.infer<typeof compareSchema>;
export type ClassifySpec = z.infer<typeof classifySchema>;
export type Question = z.infer<typeof questionSchema>;
