import type { TokenEvent } from "#lib/run/run-event.ts";
import { measureToken, type TokenMeasure } from "#lib/score/measure-token.ts";

export type TokenSort =
  | "position"
  | "token"
  | "probability"
  | "log-prob"
  | "surprisal"
  | "entropy"
  | "rank"
  | "arrived"
  | "id";

export type TokenRow = { token: TokenEvent; measure: TokenMeasure };

/** How the table of tokens is arranged. `below` keeps tokens less probable than that; null keeps all. */
export type TokenArrangement = { sort: TokenSort; descending: boolean; below: number | null };

/** The rows of the table. Tokens without the number that is sorted by come last either way, in their own order. */
export function arrangeTokens(
  tokens: readonly TokenEvent[],
  { sort, descending, below }: TokenArrangement,
): TokenRow[] {
  const rows = tokens
    .map((token) => ({ token, measure: measureToken(token) }))
    .filter(({ measure }) => below === null || (measure.probability !== null && measure.probability < below));
  if (sort === "position") return descending ? rows.toReversed() : rows;
  const sign = descending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const one = keyOf(left, sort);
    const other = keyOf(right, sort);
    if (one === null || other === null) {
      return Number(one === null) - Number(other === null) || left.token.index - right.token.index;
    }
    const order = typeof one === "string" ? one.localeCompare(String(other), "en") : one - Number(other);
    return sign * order || left.token.index - right.token.index;
  });
}

function keyOf({ token, measure }: TokenRow, sort: Exclude<TokenSort, "position">): number | string | null {
  switch (sort) {
    case "token":
      return token.text;
    case "probability":
      return measure.probability;
    case "log-prob":
      return measure.logProb;
    case "surprisal":
      return measure.surprisal;
    case "entropy":
      return measure.entropy;
    case "rank":
      return measure.rank?.rank ?? null;
    case "arrived":
      return token.at;
    case "id":
      return token.id;
  }
}
