import type { Scope } from "../control/scope.ts";
import { stringAt } from "../json.ts";
import { callRefusal, inputOf } from "./call-refusal.ts";
import type { FaultBoard } from "./fault-board.ts";

/** A call on its way to an operation. */
export type StruckCall = {
  readonly region: string;
  /** As the signature names it. */
  readonly service: string;
  readonly operation: string;
  /** The body: JSON, or a form. */
  readonly text: string;
};

/** What becomes of a call: nothing, no answer at all, or an operation in an account without quotas. */
export type Struck = "goes-on" | "no-answer" | "quota-zero";

/** Lets a fault show that was asked for this call; throws the `AwsError` of one that refuses it. */
export function strikeCall(faults: FaultBoard, call: StruckCall): Struck {
  const input = inputOf(call.text);
  const fault = faults.take("call", {
    region: call.region,
    operation: call.operation,
    endpoint: stringAt(input, "EndpointName"),
    component: stringAt(input, "InferenceComponentName"),
  });
  if (fault === undefined) return "goes-on";
  if (fault === "no-answer" || fault === "quota-zero") return fault;
  const refusal = callRefusal(fault, { ...call, input });
  if (refusal !== undefined) throw refusal;
  return "goes-on";
}

/** The scope of a call that meets no quota at all, or the scope as it was. */
export function struckScope(scope: Scope, struck: Struck): Scope {
  return struck === "quota-zero"
    ? { ...scope, neighbours: { ...scope.neighbours, endpointUsageQuota: () => 0 } }
    : scope;
}
