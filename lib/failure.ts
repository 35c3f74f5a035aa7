/** The closed set of ways in which things are expected to go wrong. Anything else is a bug and throws. */
export const FAILURE_CODES = [
  "not-found",
  "not-allowed",
  "throttled",
  "conflict",
  "invalid",
  "unreachable",
  "not-ready",
  "model-error",
  "interrupted",
  "unexpected",
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** What a person is told: `message` says what happened, `hint` says what to do next. */
export type Failure = {
  code: FailureCode;
  message: string;
  hint?: string;
  /** Words of somebody else (a container, AWS), shown as a quotation and never interpreted. */
  detail?: string;
  /** Where the container's log can be read, an address of AWS's console. */
  logUrl?: string;
  /** The form field at fault, as a dotted path. */
  field?: string;
};

export type Result<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function fail(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}
