import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { classifyCells } from "./classify-cells.ts";
import type { CompareSpec, ExperimentSpec, Question } from "./experiment-spec.ts";

/** As many as there are: a seed is an unsigned number of 32 bits in every back end. */
const SEEDS = 2 ** 32;

/** One run of an experiment: its place, which sample of its variation it is (from 0), and what is sent. */
export type PlannedCell = { position: number; sample: number; request: InvokeRequest };

/**
 * Every run of an experiment, in the order in which they are sent. The same spec gives the same cells, so a cell is
 * found again by its position.
 */
export function planCells(spec: ExperimentSpec): PlannedCell[] {
  switch (spec.kind) {
    case "samples":
      return number(samplesOf(spec.request, spec.samples));
    case "sweep":
      return number(
        // Every temperature once before any of them twice: a sweep that is stopped early has its whole width.
        samplesOf(spec.request, spec.samples).flatMap(({ sample, request }) =>
          spec.temperatures.map((temperature) => ({
            sample,
            request: { ...request, parameters: { ...request.parameters, temperature } },
          })),
        ),
      );
    case "compare":
      return number(compareCells(spec));
    case "classify":
      return number(classifyCells(spec).map(({ request }) => ({ sample: 0, request })));
  }
}

/** The left one and the right one. */
function compareCells({ request, against }: CompareSpec): Omit<PlannedCell, "position">[] {
  const { prompt, messages, plainText } = request;
  const words = { prompt, messages, plainText };
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return [
    { sample: 0, request },
    { sample: 0, request: { ...against, ...given } },
  ];
}

/** Without a step between them, two samples with one seed would be one answer twice. */
function samplesOf(question: Question, count: number): Omit<PlannedCell, "position">[] {
  const { seed } = question.parameters;
  return Array.from({ length: count }, (_, sample) => ({
    sample,
    request:
      seed === undefined
        ? question
        : { ...question, parameters: { ...question.parameters, seed: (seed + sample) % SEEDS } },
  }));
}

function number(cells: Omit<PlannedCell, "position">[]): PlannedCell[] {
  return cells.map((cell, position) => ({ position, ...cell }));
}
