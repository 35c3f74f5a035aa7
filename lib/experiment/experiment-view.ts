import * as z from "zod/mini";
import { FINISH_KINDS } from "#lib/run/run-event.ts";
import { experimentSpecSchema } from "./experiment-spec.ts";

/**
 * `waiting`: not sent yet. `stopped`: sent and ended before the answer was over, by a person or with the server.
 * What a stopped run brought is kept.
 */
const CELL_STATES = ["waiting", "running", "done", "failed", "stopped"] as const;

/** A cell of an experiment and what came of its latest run. Log probabilities in nats, times in ms. */
const cellSchema = z.object({
  position: z.int().check(z.nonnegative()),
  /** Which sample of its variation, from 0. */
  sample: z.int().check(z.nonnegative()),
  endpointName: z.string(),
  /** As sent; null where the container's own default holds. */
  temperature: z.nullable(z.number()),
  seed: z.nullable(z.number()),
  state: z.enum(CELL_STATES),
  /** The run in the history; null while waiting. */
  runId: z.nullable(z.string()),
  /** The beginning of the answer, and how long all of it is, in characters. */
  answer: z.string(),
  characters: z.int().check(z.nonnegative()),
  /** Counts distinct complete answers from 1 on in order of position; the same number means the same text but for space at its ends. */
  answerNumber: z.nullable(z.int().check(z.positive())),
  tokens: z.int().check(z.nonnegative()),
  /** Of the tokens with a number; null where none has one. */
  score: z.nullable(
    z.object({
      countedTokens: z.int().check(z.positive()),
      jointLogProb: z.number(),
      meanLogProb: z.number(),
      bitsPerByte: z.nullable(z.number()),
    }),
  ),
  finishReason: z.nullable(
    z.object({ raw: z.nullable(z.string()), kind: z.enum(FINISH_KINDS), note: z.optional(z.string()) }),
  ),
  failure: z.nullable(z.string()),
  elapsedMs: z.nullable(z.number()),
  firstTokenMs: z.nullable(z.number()),
});

const progressSchema = z.object({
  total: z.int(),
  waiting: z.int(),
  running: z.int(),
  done: z.int(),
  failed: z.int(),
  stopped: z.int(),
});

/** `stopped` until every cell is done or has failed. */
const STATUSES = ["running", "stopped", "finished"] as const;

/** What `GET /api/experiments/{id}` answers; moments in epoch ms. */
export const experimentViewSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  spec: experimentSpecSchema,
  status: z.enum(STATUSES),
  progress: progressSchema,
  cells: z.array(cellSchema),
});

/** An experiment as `GET /api/experiments` lists it; the question as an excerpt. */
const experimentEntrySchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  kind: z.enum(["samples", "sweep", "compare", "classify"]),
  endpointName: z.string(),
  question: z.string(),
  status: z.enum(STATUSES),
  progress: progressSchema,
});

export const experimentListSchema = z.object({ experiments: z.array(experimentEntrySchema) });

export type Cell = z.infer<typeof cellSchema>;
export type CellState = Cell["state"];
export type Progress = z.infer<typeof progressSchema>;
export type ExperimentStatus = (typeof STATUSES)[number];
export type ExperimentView = z.infer<typeof experimentViewSchema>;
export type ExperimentEntry = z.infer<typeof experimentEntrySchema>;
