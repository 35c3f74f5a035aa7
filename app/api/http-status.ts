import type { FailureCode } from "#lib/failure.ts";

const STATUSES = {
  "not-found": 404,
  "not-allowed": 403,
  throttled: 429,
  conflict: 409,
  invalid: 400,
  unreachable: 502,
  "not-ready": 409,
  "model-error": 502,
  interrupted: 502,
  unexpected: 500,
} as const satisfies Record<FailureCode, number>;

/** The HTTP status of an answer that is nothing but a failure. */
export function httpStatus(code: FailureCode): number {
  return STATUSES[code];
}
