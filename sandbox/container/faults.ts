/** What can be made to go wrong, by `LMI_SANDBOX_FAULT` in the environment of a model. */
const FAULTS = [
  "fail-ping",
  "no-capacity",
  "oom-at-start",
  "crash-loop",
  "slow-start",
  "access-denied",
  "image-missing",
  "model-data-missing",
  "model-data-broken",
  "rollback",
  "rollback-fails",
  "error-before",
  "error-midstream",
  "stream-broken",
  "cut-midframe",
  "wrong-crc",
  "oom",
  "not-ready",
  "throttled",
  "stall",
  "slow",
] as const;

export type Fault = (typeof FAULTS)[number];

/** The fault a model's environment asks for; undefined where it asks for none that exists. */
export function faultOf(environment: Readonly<Record<string, string>>): Fault | undefined {
  const asked = environment.LMI_SANDBOX_FAULT;
  return FAULTS.find((fault) => fault === asked);
}
