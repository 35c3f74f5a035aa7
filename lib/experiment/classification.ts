import * as z from "zod/mini";
import type { RowScore } from "#lib/classify/row-score.ts";
import { scoreAnswer } from "#lib/classify/score-answer.ts";
import { type ForcedVariant, scoreForced } from "#lib/classify/score-forced.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { readPromptTokens } from "#lib/wire/read-prompt-tokens.ts";
import type { ClassifyCell } from "./classify-cells.ts";
import type { ClassifySpec } from "./experiment-spec.ts";
import type { CellState } from "./experiment-view.ts";

const rowScoreSchema = z.object({
  method: z.enum(["alternatives", "forced", "answer", "text"]),
  logProbs: z.array(z.nullable(z.number())),
  isBound: z.array(z.boolean()),
  elsewhere: z.number(),
  unseen: z.number(),
  leastSeen: z.nullable(z.number()),
  answered: z.nullable(z.number()),
}) satisfies z.ZodMiniType<RowScore>;

const rowReadingSchema = z.object({
  state: z.enum(["waiting", "running", "done", "failed", "stopped"]),
  /** The run of the history that its answer is in; of forced labels the first one. */
  runId: z.nullable(z.string()),
  answer: z.string(),
  score: z.nullable(rowScoreSchema),
  failure: z.nullable(failureSchema),
});

/** What `GET /api/experiments/{id}/classification` answers: the rows in their order. */
export const classificationSchema = z.object({ rows: z.array(rowReadingSchema) });

/** What came of a row of a classification. `score` is null until it is done. */
export type RowReading = z.infer<typeof rowReadingSchema>;

/** What one request of a classification brought: a score by its answer, or the tokens of a forced label. */
export type CellReading = Result<RowScore | ForcedVariant>;

/** A cell as far as its row is concerned. */
export type ReadCell = {
  state: CellState;
  runId: string | null;
  answer: string;
  failure: string | null;
  /** Null until the cell is done. */
  reading: CellReading | null;
};

const NO_PROMPT_TOKENS: Failure = {
  code: "invalid",
  message: "This container sent no log probabilities of the prompt.",
  hint: "vLLM and LMI-Dist send them (decoder_input_details). Else score by the answer's alternatives.",
};

/** Reads the events of a run that is over as what its cell asked for. */
export function readCellRun(
  { forced }: Pick<ClassifyCell, "forced">,
  events: readonly RunEvent[],
  labels: ClassifySpec["labels"],
): CellReading {
  if (forced === null) {
    const tokens = events.flatMap((event) => (event.type === "token" ? [event] : []));
    return succeed(scoreAnswer(tokens, labels));
  }
  const lines = events.flatMap((event) => ("raw" in event && event.raw !== undefined ? [event.raw] : []));
  const promptTokens = readPromptTokens(lines.join("\n"));
  if (promptTokens === null || promptTokens.length === 0) return fail(NO_PROMPT_TOKENS);
  // Only the end is looked at, and a label is no longer than its variant.
  return succeed({ variant: forced.variant, promptTokens: promptTokens.slice(-forced.variant.length - 8) });
}

/** The rows of a classification, each from all of its cells. `cells` are in the order of `planned`. */
export function readRows(
  spec: Pick<ClassifySpec, "labels" | "rows">,
  planned: readonly Pick<ClassifyCell, "row" | "forced">[],
  cells: readonly ReadCell[],
): RowReading[] {
  const byRow: RowCell[][] = spec.rows.map(() => []);
  for (const [index, { row, forced }] of planned.entries()) byRow[row]?.push({ forced, cell: cells[index] });
  return byRow.map((rowCells) => readRow(rowCells, spec.labels));
}

type RowCell = { forced: ClassifyCell["forced"]; cell: ReadCell | undefined };

function readRow(rowCells: readonly RowCell[], labels: ClassifySpec["labels"]): RowReading {
  const cells = rowCells.flatMap(({ cell }) => (cell === undefined ? [] : [cell]));
  const state = stateOf(cells.map((cell) => cell.state));
  const [first] = cells;
  const isForced = rowCells.some(({ forced }) => forced !== null);
  const whole: RowReading = {
    state,
    runId: first?.runId ?? null,
    answer: isForced ? "" : (first?.answer ?? ""),
    score: null,
    failure: null,
  };
  if (state === "failed") {
    const message = cells.find(({ state: one }) => one === "failed")?.failure ?? "The request failed.";
    return { ...whole, failure: { code: "model-error", message } };
  }
  if (state !== "done") return whole;
  const score = scoreOf(rowCells, labels);
  return score.ok ? { ...whole, score: score.value } : { ...whole, state: "failed", failure: score.failure };
}

function scoreOf(rowCells: readonly RowCell[], labels: ClassifySpec["labels"]): Result<RowScore> {
  const forced: ForcedVariant[][] = labels.map(() => []);
  for (const { forced: asked, cell } of rowCells) {
    const reading = cell?.reading ?? fail(NO_PROMPT_TOKENS);
    if (!reading.ok) return reading;
    if ("method" in reading.value) return succeed(reading.value);
    if (asked !== null) forced[asked.label]?.push(reading.value);
  }
  return scoreForced(forced, labels);
}

/** A row is as far as the cell that is least far; one that failed says more than those that wait. */
function stateOf(states: readonly CellState[]): CellState {
  const order: CellState[] = ["running", "failed", "stopped", "waiting"];
  const found = order.find((state) => states.includes(state));
  if (found === "waiting" && states.includes("done")) return "running";
  return found ?? (states.length > 0 ? "done" : "waiting");
}
