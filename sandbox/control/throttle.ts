import { AwsError } from "../aws-error.ts";
import type { Switches } from "./switches.ts";

/** Counts a call and throws AWS's `ThrottlingException` where it comes too soon; `now` in milliseconds. */
export type Throttle = (operation: string, rates: Switches["throttle"], now: number) => void;

/** A bucket of calls for each operation that has a rate, filled at that rate up to its burst. */
export function createThrottle(): Throttle {
  const buckets = new Map<string, { calls: number; at: number }>();
  return (operation, rates, now) => {
    const rate = rates[operation] ?? rates["*"];
    if (rate === undefined) return;
    const { calls, at } = buckets.get(operation) ?? { calls: rate.burst, at: now };
    const filled = Math.min(rate.burst, calls + (Math.max(0, now - at) / 1000) * rate.perSecond);
    const left = filled >= 1 ? filled - 1 : filled;
    buckets.set(operation, { calls: left, at: now });
    if (filled < 1) throw new AwsError("ThrottlingException", "Rate exceeded");
  };
}
