import { z } from "zod";
import { parseJson } from "../json.ts";
import { CALL_FAULTS } from "./call-refusal.ts";
import type { FaultBoard, FaultKind, FaultOrder, ListedOrder } from "./fault-board.ts";
import { ANSWER_FAULTS, START_FAULTS } from "./faults.ts";

const name = z.string().min(1);
const schema = z.strictObject({
  fault: name,
  region: name.optional(),
  endpoint: name.optional(),
  component: name.optional(),
  operation: name.optional(),
  times: z.int().min(0).max(1_000_000).optional(),
});

const KNOWN: Readonly<Record<FaultKind, readonly string[]>> = {
  start: START_FAULTS,
  answer: ANSWER_FAULTS,
  call: CALL_FAULTS,
};

/** The operations that end at a container: what goes wrong with them goes wrong with an answer. */
const INVOCATIONS = /^InvokeEndpoint/;

/** What `POST /_sandbox/faults` asks for, or a sentence that says what is wrong with it. */
export function orderFault(
  board: FaultBoard,
  body: string,
  isOperation: (name: string) => boolean,
): { readonly faults: readonly ListedOrder[] } | { readonly error: string } {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) return { error: z.prettifyError(parsed.error) };
  const { times, operation, ...rest } = parsed.data;
  if (operation !== undefined && operation !== "*" && !isOperation(operation)) {
    return { error: `The sandbox has no operation ${operation}; "*" stands for all that are no invocation.` };
  }
  const kind = kindOf(rest.fault, operation);
  if (kind === undefined) return { error: unknownFault(rest.fault, operation) };
  const order: FaultOrder = {
    ...rest,
    kind,
    ...(operation === undefined || operation === "*" ? {} : { operation }),
  };
  if (times === 0) board.remove(order);
  else board.set(order, times ?? "always");
  return { faults: board.list() };
}

/** What `GET /_sandbox/faults` answers: what is asked for, and what could be. */
export function listFaults(board: FaultBoard) {
  return { faults: board.list(), known: KNOWN };
}

// Some names are known in two places: with an operation a call is meant, without one a container.
function kindOf(fault: string, operation: string | undefined): FaultKind | undefined {
  const kinds: readonly FaultKind[] =
    operation === undefined ? ["start", "answer", "call"] : [INVOCATIONS.test(operation) ? "answer" : "call"];
  return kinds.find((kind) => KNOWN[kind].includes(fault));
}

function unknownFault(fault: string, operation: string | undefined): string {
  const names =
    operation === undefined
      ? Object.values(KNOWN).flat()
      : KNOWN[INVOCATIONS.test(operation) ? "answer" : "call"];
  const whose = operation === undefined ? "" : ` for ${operation}`;
  return `There is no fault ${fault}${whose}; there are ${[...new Set(names)].join(", ")}.`;
}
