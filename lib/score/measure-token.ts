import type { TokenEvent } from "#lib/run/run-event.ts";

/** What can be said of one token. Null means that the wire does not say enough, never zero. */
export type TokenMeasure = {
  /** 0 to 1. */
  probability: number | null;
  /** Nats, at most 0: noise of cumulative sums above 0 is 0. */
  logProb: number | null;
  /** Bits: -log2 p. */
  surprisal: number | null;
  /** Bits, see `entropyOf`. */
  entropy: number | null;
  /** 1 is the most probable; see `rankOf`. */
  rank: TokenRank | null;
  /** 1 minus the probabilities of all tokens that are known at this position, 0 to 1. */
  unseenMass: number | null;
};

/** `atLeast` is true where the token is not among the alternatives: then it is at best the next after them. */
export type TokenRank = { rank: number; atLeast: boolean };

type Measured = Pick<TokenEvent, "id" | "text" | "logProb" | "alternatives">;

/** Measures one token from its own log probability and the alternatives that came with it. */
export function measureToken(token: Measured): TokenMeasure {
  const logProb = token.logProb === null ? null : Math.min(token.logProb, 0);
  const known = knownProbabilities(token);
  return {
    probability: logProb === null ? null : Math.exp(logProb),
    logProb,
    surprisal: logProb === null ? null : bitsOf(logProb),
    entropy: known === null ? null : entropyOf(known),
    rank: rankOf(token),
    unseenMass: known === null ? null : unseenMassOf(known),
  };
}

/**
 * Entropy in bits of a distribution of which only some probabilities are known: everything else counts as one
 * more outcome. By the grouping rule of entropy that is a lower bound of the true value, and it is exact where
 * the known ones are all there is.
 */
export function entropyOf(known: readonly number[]): number {
  return [...known, unseenMassOf(known)].reduce(
    (bits, probability) => bits - (probability > 0 ? probability * Math.log2(probability) : 0),
    0,
  );
}

/**
 * Where the token stands among the tokens of its position: one more than the number of alternatives above it.
 * Null without alternatives, and without a number of its own to compare.
 */
export function rankOf(token: Measured): TokenRank | null {
  const { alternatives, logProb } = token;
  if (alternatives === undefined || alternatives.length === 0 || logProb === null) return null;
  const others = alternatives.filter((alternative) => !isSame(alternative, token));
  const above = others.filter((other) => other.logProb !== null && other.logProb > logProb).length;
  const isListed = others.length < alternatives.length;
  // Below every listed one, any number of unlisted tokens may stand in between.
  return { rank: above + 1, atLeast: !isListed && above === others.length };
}

/** Whether an alternative is the token itself: by id where both have one, else by text. */
function isSame(
  alternative: { id: number | null; text: string },
  token: { id: number | null; text: string },
): boolean {
  return alternative.id !== null && token.id !== null
    ? alternative.id === token.id
    : alternative.text === token.text;
}

function knownProbabilities(token: Measured): number[] | null {
  const { alternatives } = token;
  if (alternatives === undefined || alternatives.length === 0) return null;
  const own = alternatives.some((alternative) => isSame(alternative, token)) ? [] : [token];
  const logProbs = [...alternatives, ...own].flatMap(({ logProb }) => (logProb === null ? [] : [logProb]));
  return logProbs.length === 0 ? null : logProbs.map((logProb) => Math.exp(Math.min(logProb, 0)));
}

function unseenMassOf(known: readonly number[]): number {
  // After rounding on the wire the known ones may add up to a little more than one.
  return Math.max(0, 1 - known.reduce((sum, probability) => sum + probability, 0));
}

function bitsOf(logProb: number): number {
  return logProb === 0 ? 0 : -logProb / Math.LN2;
}
