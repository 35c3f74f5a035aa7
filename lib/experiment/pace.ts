import * as z from "zod/mini";

/** How fast an endpoint was and how long its answers were, from runs of the history that came to their end. */
const paceSchema = z.object({
  runs: z.int().check(z.positive()),
  /** Of a single answer. */
  tokensPerSecond: z.object({ slow: z.number(), fast: z.number() }),
  firstTokenMs: z.object({ slow: z.number(), fast: z.number() }),
  /** Tokens of an answer. */
  shortest: z.number(),
});

/** What `GET /api/endpoints/{name}/outlook` answers: what an estimate needs and AWS's description does not say. */
export const outlookSchema = z.object({
  /** Null where no past run tells. */
  pace: z.nullable(paceSchema),
  /** US dollars for an hour of all instances; null where a price or a count is not known. */
  pricePerHour: z.nullable(z.number()),
});

export type Pace = z.infer<typeof paceSchema>;
export type Outlook = z.infer<typeof outlookSchema>;

/** One tenth at either end are exceptions: a cold start, an answer of one word. */
const TAIL = 0.1;

/** The pace of an endpoint; null where no run has two tokens and a time between them. Times in ms. */
export function paceOf(
  runs: readonly { tokens: number; elapsedMs: number | null; firstTokenMs: number | null }[],
): Pace | null {
  const timed = runs.flatMap(({ tokens, elapsedMs, firstTokenMs }) =>
    tokens > 1 && elapsedMs !== null && firstTokenMs !== null && elapsedMs > firstTokenMs
      ? [{ tokens, firstTokenMs, rate: ((tokens - 1) * 1_000) / (elapsedMs - firstTokenMs) }]
      : [],
  );
  if (timed.length === 0) return null;
  const rates = sorted(timed.map(({ rate }) => rate));
  const firsts = sorted(timed.map(({ firstTokenMs }) => firstTokenMs));
  return {
    runs: timed.length,
    tokensPerSecond: { slow: quantile(rates, TAIL), fast: quantile(rates, 1 - TAIL) },
    firstTokenMs: { slow: quantile(firsts, 1 - TAIL), fast: quantile(firsts, TAIL) },
    shortest: quantile(sorted(timed.map(({ tokens }) => tokens)), TAIL),
  };
}

function sorted(values: number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

/** Nearest rank, so that it is a value that did occur. */
function quantile(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}
