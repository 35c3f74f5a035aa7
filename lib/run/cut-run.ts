import { isAnswerText } from "./answer-text.ts";
import type { RunState } from "./reduce-run.ts";
import type { TokenEvent } from "./run-event.ts";

/**
 * A run as it stood before one of its tokens, to be gone on with from there: `chosen`, if any, takes that token's
 * place. The arrays are copies, so that the run that was cut stays as it is.
 */
export function cutRun(run: RunState, tokenIndex: number, chosen: TokenEvent | null): RunState {
  const kept = run.tokens.slice(0, tokenIndex);
  const tokens = chosen === null ? kept : [...kept, chosen];
  const lastPart = tokens.at(-1)?.part ?? -1;
  const elapsed = tokens.at(-1)?.at ?? 0;
  const parts = run.parts.filter(({ index }) => index <= lastPart);
  return {
    ...run,
    version: run.version + 1,
    tokens,
    tokenCount: tokens.filter(({ counts }) => counts).length,
    parts: parts.map((part) =>
      part.index === lastPart ? { ...part, finishReason: null, note: null } : part,
    ),
    rawLines: run.rawLines.filter(({ part, at }) => part <= lastPart && at !== null && at <= elapsed),
    requests: parts.length,
    generatedText: tokens.map((token) => (isAnswerText(token) ? token.text : "")).join(""),
    finishReason: null,
    stoppedBy: null,
    failure: null,
    elapsed,
  };
}

/**
 * The alternative with this text at a place of an answer, as a token that a person chose; without numbers where
 * the wire did not weigh it there. Null where there is no such place.
 */
export function chooseAlternative(
  tokens: readonly TokenEvent[],
  tokenIndex: number,
  text: string,
): TokenEvent | null {
  const replaced = tokens[tokenIndex];
  if (replaced === undefined) return null;
  const { repeated: _others, logProbNote: _itsOwn, raw: _wire, channel: _elsewhere, ...instead } = replaced;
  const weighed = instead.alternatives?.find((alternative) => alternative.text === text);
  const logProb = weighed?.logProb ?? null;
  return {
    ...instead,
    text,
    id: weighed?.id ?? null,
    logProb: logProb === null ? null : Math.min(logProb, 0),
    ...(logProb === null ? { logProbNote: "not-sent" as const } : {}),
    special: false,
    counts: true,
    byHand: true,
  };
}
