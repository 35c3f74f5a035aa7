/** What can go wrong when containers start or an endpoint is moved to another configuration. */
export const START_FAULTS = [
  "fail-ping",
  "no-capacity",
  "oom-at-start",
  "crash-loop",
  "process-exits",
  "cannot-start",
  "slow-start",
  "access-denied",
  "image-missing",
  "model-data-missing",
  "model-data-broken",
  "model-data-too-large",
  "rollback",
  "rollback-fails",
] as const;

/** What can go wrong with an invocation. */
export const ANSWER_FAULTS = [
  "error-before",
  "error-midstream",
  "stream-broken",
  "stream-failure",
  "cut-midframe",
  "wrong-crc",
  "oom",
  "not-ready",
  "throttled",
  "denied",
  "internal-failure",
  "service-unavailable",
  "dependency-failure",
  "stall",
  "out-of-time",
  "slow",
] as const;

export type StartFault = (typeof START_FAULTS)[number];
export type AnswerFault = (typeof ANSWER_FAULTS)[number];
export type Fault = StartFault | AnswerFault;

/** A container with the fault that was asked for it when it was started. */
type Faulty = {
  readonly environment: Readonly<Record<string, string>>;
  readonly fault?: Fault | undefined;
};

/** The fault a container has: the one that was asked for at its start, else the one its model's environment names. */
export function faultOf({ environment, fault }: Faulty): Fault | undefined {
  const asked = environment.LMI_SANDBOX_FAULT;
  return fault ?? [...START_FAULTS, ...ANSWER_FAULTS].find((known) => known === asked);
}

/** The fault of a container that shows when it answers. */
export function answerFaultOf(container: Faulty): AnswerFault | undefined {
  const fault = faultOf(container);
  return ANSWER_FAULTS.find((known) => known === fault);
}
