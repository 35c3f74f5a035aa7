import type { TokenEvent } from "#lib/run/run-event.ts";
import { sumExactly } from "#lib/score/sum-exactly.ts";
import { utf8Length } from "#lib/score/utf8-length.ts";

/**
 * Why a token is in no score. `special`: its text is no part of the answer, be it a special token, the end-of-text
 * token, a thought or a tool call. `repeated`: it said again, where a request began, what was there already.
 * `not-a-token`: a line that stands for no generated token.
 */
export type LeftOutReason = "not-sent" | "not-finite" | "clamped" | "special" | "repeated" | "not-a-token";

export type RunScore = {
  countedTokens: number;
  /** In a fixed order, reasons that occur only. */
  leftOut: { reason: LeftOutReason; count: number }[];
  /** Values above 0 (noise of cumulative sums), counted as 0. */
  raisedAboveZero: number;
  /** Null when no token can be counted: there is no such thing as 0 % for lack of numbers. */
  value: {
    /** Nats: log of the probability of exactly this text. */
    jointLogProb: number;
    /** Nats per token. */
    meanLogProb: number;
    /** exp(mean), 0 to 1: the geometric mean of the tokens' probabilities. Not the chance of being right. */
    confidence: number;
    /** exp(-mean), at least 1. */
    perplexity: number;
    /** Surprisal of the whole text. */
    bits: number;
    /** Bits for each byte of UTF-8 that the counted tokens brought: comparable across tokenizers. Null without text. */
    bitsPerByte: number | null;
  } | null;
};

const REASONS: readonly LeftOutReason[] = [
  "not-sent",
  "not-finite",
  "clamped",
  "special",
  "repeated",
  "not-a-token",
];

/**
 * Scores an answer from its tokens.
 *
 * What counts is the text: the end-of-text token has no text and stays out, as it does on 0.26, where it is never
 * sent with one. A token without text in the middle does count: its text stands at a later token (a character split
 * over tokens), and the probability of that character is the product of all its pieces.
 */
export function scoreRun(tokens: readonly TokenEvent[]): RunScore {
  const textEnds = tokens.findLastIndex(
    (token) => reasonToLeaveOut(token) !== "special" && token.text !== "",
  );
  const counts = new Map<LeftOutReason, number>();
  const values: number[] = [];
  let raisedAboveZero = 0;
  let bytes = 0;
  for (const [index, token] of tokens.entries()) {
    const reason = reasonToLeaveOut(token) ?? (index > textEnds ? "special" : null);
    if (reason !== null || token.logProb === null) {
      const named = reason ?? "not-sent";
      counts.set(named, (counts.get(named) ?? 0) + 1);
      continue;
    }
    if (token.logProb > 0) raisedAboveZero += 1;
    values.push(Math.min(token.logProb, 0));
    // Half a character arrives as U+FFFD, which says nothing about how many bytes it stands for.
    bytes = token.text.includes("\uFFFD") ? Number.NaN : bytes + utf8Length(token.text);
  }
  return {
    countedTokens: values.length,
    leftOut: REASONS.flatMap((reason) => {
      const count = counts.get(reason);
      return count === undefined ? [] : [{ reason, count }];
    }),
    raisedAboveZero,
    value: values.length === 0 ? null : evaluate(values, bytes),
  };
}

function reasonToLeaveOut(token: TokenEvent): LeftOutReason | null {
  if (!token.counts) return token.repeated === undefined ? "not-a-token" : "repeated";
  if (token.special || token.channel !== undefined) return "special";
  return token.logProb === null ? (token.logProbNote ?? "not-sent") : null;
}

function evaluate(values: readonly number[], bytes: number): NonNullable<RunScore["value"]> {
  const joint = sumExactly(values);
  const mean = joint / values.length;
  const bits = joint === 0 ? 0 : -joint / Math.LN2;
  return {
    jointLogProb: joint,
    meanLogProb: mean,
    confidence: Math.exp(mean),
    perplexity: Math.exp(-mean),
    bits,
    bitsPerByte: bytes > 0 ? bits / bytes : null,
  };
}
