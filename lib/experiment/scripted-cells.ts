import type { Cell } from "./experiment-view.ts";

// Cells written down beforehand, for the tests of this room.

/** A cell whose answer is there, scored from these log probabilities; without any it has no score. */
export function doneCell(
  position: number,
  { logProbs = [-0.5], ...more }: Partial<Cell> & { logProbs?: number[] } = {},
): Cell {
  const joint = logProbs.reduce((sum, logProb) => sum + logProb, 0);
  const score = {
    countedTokens: logProbs.length,
    jointLogProb: joint,
    meanLogProb: joint / logProbs.length,
    bitsPerByte: null,
  };
  return {
    position,
    sample: position,
    endpointName: "demo",
    temperature: null,
    seed: null,
    state: "done",
    runId: `run-${position}`,
    answer: "Yes.",
    characters: 4,
    answerNumber: 1,
    tokens: logProbs.length,
    score: logProbs.length === 0 ? null : score,
    finishReason: { raw: "eos_token", kind: "end-of-text" },
    failure: null,
    elapsedMs: 100,
    firstTokenMs: 50,
    ...more,
  };
}
