import type { FaultBoard, FaultPlace } from "./fault-board.ts";
import { ANSWER_FAULTS, type AnswerFault, answerFaultOf } from "./faults.ts";

/** The fault an invocation meets, and whether it was asked for on the control path and not by the model. */
export type ShowingFault = { readonly fault: AnswerFault | undefined; readonly asked: boolean };

/** The fault that shows in an invocation that begins now: one that was asked for wins over the model's own. */
export function showingFault(
  faults: FaultBoard,
  place: FaultPlace,
  environment: Readonly<Record<string, string>>,
): ShowingFault {
  const taken = faults.take("answer", place);
  const asked = ANSWER_FAULTS.find((known) => known === taken);
  return { fault: asked ?? answerFaultOf({ environment }), asked: asked !== undefined };
}
