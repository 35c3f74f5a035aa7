import { frontEndError } from "./gson.ts";
import type { FailedEvent, TooLongEvent } from "./open-generation.ts";
import { type Reply, wholeReply } from "./reply.ts";

/** The front end's 503 or 507 where no worker can take the request; undefined where a worker did take it. */
export function unavailableReply(cause: FailedEvent | TooLongEvent): Reply | undefined {
  if (cause.type !== "failed" || cause.reason === "engine") {
    return undefined;
  }
  if (cause.reason === "out-of-memory") {
    const text = frontEndError(507, "WlmOutOfMemoryException", cause.message);
    return wholeReply(507, "application/json", text);
  }
  const text =
    cause.reason === "busy"
      ? frontEndError(503, "WlmCapacityException", "Worker queue capacity exceeded for model: model")
      : frontEndError(503, "ServiceUnavailableException", cause.message);
  return wholeReply(503, "application/json", text);
}
