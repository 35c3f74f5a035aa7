import "server-only";
import { z } from "zod";
import { logUrlOfArn } from "#lib/endpoint/log-url.ts";
import type { Failure } from "#lib/failure.ts";
import { isDeadEngine } from "#lib/wire/dead-engine.ts";
import type { AwsError } from "./aws-error.ts";

const DETAIL_LENGTH = 4_000;

/** The error object of LMI's front end and handlers: `error` or `message`, whatever else stands beside it. */
const containerAnswerSchema = z.looseObject({
  error: z.unknown().optional(),
  message: z.string().optional(),
});

/**
 * The container answered 4xx or 5xx before streaming (ModelError, HTTP 424). `OriginalMessage` is its body as
 * a string, quoted in `detail`; which status the container gave tells a busy one from a broken one.
 */
export function modelFailure(error: AwsError): Failure {
  const status = error.OriginalStatusCode;
  // A container that never answered has an empty body; what SageMaker says of it then stands in the message.
  const body = error.OriginalMessage || quotedIn(error.message);
  const logUrl = error.LogStreamArn ? logUrlOfArn(error.LogStreamArn) : null;
  const detail = { ...(body ? { detail: unwrap(body) } : {}), ...(logUrl ? { logUrl } : {}) };
  if (/timed out while waiting for a response from container/i.test(error.message)) {
    return {
      code: "model-error",
      message: "The container did not answer within the 60 seconds that SageMaker allows.",
      hint: "Ask for fewer tokens, or look at its log: it may be overloaded or stuck.",
      ...detail,
    };
  }
  if (status === 503 || status === 429) {
    return {
      code: "throttled",
      message: "The container is too busy to take the prompt.",
      hint: "Wait a moment and try again, or give the endpoint more instances.",
      ...detail,
    };
  }
  if (/out of memory/i.test(body ?? "")) {
    return {
      code: "model-error",
      message: "The container ran out of accelerator memory.",
      hint: "Shorten the prompt, lower the token limit, or lower the rolling batch size of the container.",
      ...detail,
    };
  }
  if (isDeadEngine(body ?? "")) {
    return {
      code: "model-error",
      message: "The engine inside the container died.",
      hint: "The container is restarted, which takes as long as loading the model. Then send the prompt again.",
      ...detail,
    };
  }
  return {
    code: "model-error",
    message: `The container refused the prompt${status ? ` with status ${status}` : ""}.`,
    hint: "Its own words are below; its log in CloudWatch, /aws/sagemaker/Endpoints, has more.",
    ...detail,
  };
}

/** `Received client error (424) from primary with message "…". See https://… for more information.` */
function quotedIn(message: string): string | undefined {
  return message.match(/with message "([\s\S]*)"\. See /)?.[1];
}

/** The text inside the container's JSON, or the JSON itself laid out, or the body as it is. */
function unwrap(body: string): string {
  const answer = parseJson(body);
  const known = containerAnswerSchema.safeParse(answer);
  const text = known.success ? textOf(known.data) : null;
  const shown = text ?? (answer === undefined ? body : JSON.stringify(answer, null, 2));
  return shown.length > DETAIL_LENGTH ? `${shown.slice(0, DETAIL_LENGTH)}…` : shown;
}

function textOf(answer: z.infer<typeof containerAnswerSchema>): string | null {
  if (typeof answer.error === "string" && answer.error) return answer.error;
  const nested = containerAnswerSchema.safeParse(answer.error);
  return (nested.success ? nested.data.message : undefined) ?? answer.message ?? null;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // A plain text answer: vLLM's Python repr, a stack trace.
  }
}
