import type { RunState } from "#lib/run/reduce-run.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { scoreRun } from "./score-run.ts";

/** One request of an answer in numbers. */
export type PartMeasure = {
  index: number;
  startToken: number;
  /** Tokens that count. */
  tokens: number;
  /** UTF-16 units that repeated the answer before it and were taken off. */
  removed: number;
  /** exp(mean log probability) of the part's own tokens, null without numbers. */
  confidence: number | null;
  finishReason: string | null;
  /** How the reason was inferred, where it was. */
  note: string | null;
};

/** Measures each request of an answer by itself. */
export function measureParts({ parts, tokens }: Pick<RunState, "parts" | "tokens">): PartMeasure[] {
  return parts.map((part, position) => {
    const own = tokens.slice(part.startToken, parts[position + 1]?.startToken ?? tokens.length);
    return {
      ...part,
      tokens: own.filter(({ counts }) => counts).length,
      removed: removedAt(tokens, part.startToken),
      confidence: scoreRun(own).value?.confidence ?? null,
    };
  });
}

/** How many UTF-16 units were taken off where a request's first token stands. */
export function removedAt(tokens: readonly TokenEvent[], startToken: number): number {
  let removed = 0;
  for (let index = startToken; tokens[index]?.repeated !== undefined; index += 1) {
    removed += tokens[index]?.repeated?.length ?? 0;
  }
  return removed;
}
