import { gsonError, gsonOutput } from "../gson.ts";
import { type Reply, wholeReply } from "../reply.ts";
import type { Rolling } from "./steps.ts";

/** What is appended to a body when the engine fails; 0.28 has its fake token instead (lmi-wire 7.1). */
export function failureText({ minor }: Rolling, message: string): string {
  if (minor === 27) return gsonError("", 424);
  // From 0.30 on the text of the exception stays inside.
  return gsonError(minor === 29 ? message : "exception occurred during rolling batch inference", 424);
}

/** The reply to a request whose engine failed before anything was sent. */
export function failureReply(
  container: Rolling,
  contentType: string | null,
  message: string,
  whole: boolean,
): Reply {
  if (container.minor === 29 && whole) {
    // Its formatter meets a token that is not there, and the whole batch ends.
    return wholeReply(200, contentType, gsonOutput("Batch inference failed", 424));
  }
  return wholeReply(container.minor <= 28 ? 200 : 424, contentType, failureText(container, message));
}

/** The reply to a request that does not parse: without a Content-Type, and 200 up to 0.28. */
export function inputError(container: Rolling, message: string): Reply {
  return container.minor <= 28
    ? wholeReply(200, null, gsonError(message, 424))
    : wholeReply(
        424,
        null,
        gsonError(`Input Parsing failed. Ensure that the request payload is valid. ${message}`, 424),
      );
}
