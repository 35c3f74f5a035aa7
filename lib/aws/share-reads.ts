import "server-only";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";

/** A value AWS gave at `asOf` (epoch ms). `failure`: the newest attempt to read it again failed. */
export type Reading<Value> = { value: Value; asOf: number; failure?: Failure };

export type SharedReads<Value> = {
  get: () => Promise<Result<Reading<Value>>>;
  /** The value is known to be old: the next `get` reads again, unless AWS asked us to slow down. */
  invalidate: () => void;
};

const FIRST_BACK_OFF_MS = 2_000;
const LONGEST_BACK_OFF_MS = 60_000;
const FAILURE_PAUSE_MS = 5_000;

/**
 * One read for everyone who asks: at most one is under way, an answer serves for `freshFor` ms, and nobody
 * asking means no reads, since there is no timer. After a failure the last value is served, marked with the
 * failure; throttling is answered with exponential back-off and jitter, as AWS asks of its clients.
 */
export function shareReads<Value>({
  read,
  freshFor,
  now,
  random,
}: {
  read: () => Promise<Result<Value>>;
  freshFor: (value: Value, at: number) => number;
  now: () => number;
  /** In [0, 1). */
  random: () => number;
}): SharedReads<Value> {
  let last: Reading<Value> | null = null;
  let failure: Failure | null = null;
  let freshUntil = 0;
  let pausedUntil = 0;
  let throttles = 0;
  let generation = 0;
  let underWay: { generation: number; promise: Promise<void> } | null = null;

  async function refresh(startedIn: number): Promise<void> {
    try {
      const result = await read();
      if (result.ok) {
        last = { value: result.value, asOf: now() };
        failure = null;
        throttles = 0;
        // A write that happened meanwhile may be missing from this answer.
        freshUntil = startedIn === generation ? now() + freshFor(result.value, now()) : 0;
      } else {
        failure = result.failure;
        pausedUntil = now() + pauseAfter(result.failure);
      }
    } finally {
      underWay = null;
    }
  }

  function pauseAfter(cause: Failure): number {
    if (cause.code !== "throttled") return FAILURE_PAUSE_MS;
    const longest = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** throttles);
    throttles += 1;
    return longest * (0.5 + random() / 2);
  }

  function current(): Result<Reading<Value>> {
    if (last) return succeed(failure ? { ...last, failure } : last);
    return fail(failure ?? { code: "unexpected", message: "Nothing has been read yet." });
  }

  async function get(): Promise<Result<Reading<Value>>> {
    if (underWay) {
      const mine = generation;
      const { generation: theirs, promise } = underWay;
      await promise;
      // What was under way began before a write of ours: it may miss that write.
      return theirs === mine ? current() : get();
    }
    if (now() < pausedUntil || (failure === null && now() < freshUntil)) return current();
    underWay = { generation, promise: refresh(generation) };
    await underWay.promise;
    return current();
  }

  return {
    get,
    invalidate() {
      generation += 1;
      freshUntil = 0;
      if (failure?.code !== "throttled") pausedUntil = 0;
    },
  };
}
