import "server-only";
import { logUrlOfArn } from "#lib/endpoint/log-url.ts";
import type { Failure } from "#lib/failure.ts";
import { containerFailure } from "#lib/run/container-failure.ts";
import { readErrorBody } from "#lib/wire/read-error-body.ts";
import type { AwsError } from "./aws-error.ts";

const DETAIL_LENGTH = 4_000;

/**
 * The container answered 4xx or 5xx before streaming (ModelError, HTTP 424). `OriginalMessage` is its body as
 * a string, read as any body of a container; which status the container gave tells a busy one from a broken one.
 */
export function modelFailure(error: AwsError): Failure {
  // A container that never answered has an empty body; what SageMaker says of it then stands in the message.
  const body = error.OriginalMessage || quotedIn(error.message) || "";
  const logUrl = error.LogStreamArn ? logUrlOfArn(error.LogStreamArn) : null;
  return { ...failureOf(error, body), ...(logUrl ? { logUrl } : {}) };
}

function failureOf(error: AwsError, body: string): Failure {
  const { message, code } = readErrorBody(body);
  const words = (message === "" ? withoutWords(body) : message).slice(0, DETAIL_LENGTH);
  if (/timed out while waiting for a response from container/i.test(error.message)) {
    return {
      code: "model-error",
      message: "The container did not answer within the 60 seconds that SageMaker allows.",
      hint: "Ask for fewer tokens, or look at its log: it may be overloaded or stuck.",
      ...(words === "" ? {} : { detail: words }),
    };
  }
  const status = error.OriginalStatusCode || (typeof code === "number" ? code : null);
  return containerFailure({ message: words, status });
}

/** `Received client error (424) from primary with message "…". See https://… for more information.` */
function quotedIn(message: string): string | undefined {
  return message.match(/with message "([\s\S]*)"\. See /)?.[1];
}

/** A body of an unknown shape is shown as it is; an error object that is empty has nothing to show. */
function withoutWords(body: string): string {
  return /"(error|message|detail)"/.test(body) ? "" : body;
}
