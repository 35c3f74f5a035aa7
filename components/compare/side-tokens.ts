import type { Alignment } from "#lib/compare/align-answers.ts";
import type { PlacedAnswer } from "#lib/score/place-tokens.ts";
import type { SideToken } from "./answer-side.tsx";

/** The tokens of both answers with what is drawn of each. */
export function sideTokens({ left, right, pairs }: Alignment): { left: SideToken[]; right: SideToken[] } {
  const ofLeft = new Map(pairs.map((pair) => [pair.left, pair.delta]));
  const ofRight = new Map(pairs.map((pair) => [pair.right, pair.delta]));
  return { left: marked(left, ofLeft), right: marked(right, ofRight) };
}

function marked({ tokens }: PlacedAnswer, deltas: ReadonlyMap<unknown, number | null>): SideToken[] {
  return tokens.map((placed) => ({
    placed,
    delta: deltas.get(placed) ?? null,
    isShared: deltas.has(placed),
  }));
}
