import { frontEndError } from "./gson.ts";
import type { FailedEvent, TooLongEvent } from "./open-generation.ts";
import { type Reply, wholeReply } from "./reply.ts";

/** The front end's 503 where no worker can take the request; undefined where a worker did take it. */
export function unavailableReply(cause: FailedEvent | TooLongEvent): Reply | undefined {
  if (cause.type !== "failed" || cause.reason === "engine") {
    return undefined;
  }
  const text =
    cause.reason === "busy"
      ? frontEndError(503, "WlmCapacityException", "Worker queue capacity exceeded for model: model")
      : frontEndError(503, "ServiceUnavailableException", cause.message);
  return wholeReply(503, "application/json", text);
}
