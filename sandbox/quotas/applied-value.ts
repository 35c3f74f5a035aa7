import type { Scope } from "../control/scope.ts";
import type { Quota } from "./catalogue.ts";
import type { QuotaValue } from "./quota-records.ts";

/** What a quota is at this moment: its default, or the last value that was set or approved. */
export function appliedValue(scope: Scope, quota: Quota): number {
  const now = scope.clock.now();
  const begun = valuesOf(scope, quota).filter(({ at }) => at <= now);
  return begun.reduce((last, next) => (next.at >= last.at ? next : last), { at: 0, value: quota.value })
    .value;
}

/** The write after which a quota has a value from a moment on (milliseconds), which may lie ahead. */
export function quotaWrite(scope: Scope, quota: Quota, next: QuotaValue) {
  return {
    table: "quotas" as const,
    region: scope.region,
    key: quota.code,
    value: [...valuesOf(scope, quota), next],
  };
}

function valuesOf(scope: Scope, quota: Quota): readonly QuotaValue[] {
  return scope.store.get("quotas", scope.region, quota.code) ?? [];
}
