import type { z } from "zod";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { type InvokeRequest, invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** The request of `POST /api/invoke`, or what is wrong with it, by field. */
export function parseInvokeRequest(text: string): Result<InvokeRequest> {
  const parsed = invokeRequestSchema.safeParse(parseJson(text));
  if (!parsed.success) return fail(explain(parsed.error));
  const { prompt, messages, endpointName } = parsed.data;
  if (endpointName === "") return fail(invalid("Pick an endpoint to ask.", "endpointName"));
  if (prompt !== undefined && messages !== undefined)
    return fail(invalid("Send a prompt or messages, not both.", "messages", "Leave one of the two out."));
  if (prompt === undefined && messages === undefined)
    return fail(invalid("There is nothing to send.", "prompt", "Give a prompt, or chat messages."));
  if (prompt !== undefined && prompt.trim() === "")
    return fail(invalid("The prompt is empty.", "prompt", "Write something for the model to go on from."));
  return succeed(parsed.data);
}

function explain(error: z.ZodError): Failure {
  const issue = error.issues[0];
  if (!issue || (issue.path.length === 0 && issue.code === "invalid_type")) {
    return invalid(
      "The request is not a JSON object.",
      undefined,
      "app/api/README.md shows what it looks like.",
    );
  }
  const field = issue.path.join(".");
  const subject = field === "" ? "The request" : field;
  return invalid(
    `${subject} ${complaint(issue)}.`,
    field || undefined,
    "Correct it and send the request again.",
  );
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "string") return "must not be empty";
      if (issue.origin === "array") return "needs at least one entry";
      return `must be ${issue.inclusive === false ? "greater than" : "at least"} ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "string") return `must have at most ${issue.maximum} characters`;
      if (issue.origin === "array") return `must have at most ${issue.maximum} entries`;
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    case "invalid_type":
      return issue.input === undefined && issue.message.includes("undefined")
        ? "is missing"
        : `must be ${article(issue.expected)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has the unknown field ${issue.keys.join(", ")}`;
    case "invalid_format":
      return "has characters that are not allowed there";
    default:
      return "is not valid";
  }
}

function article(expected: string): string {
  const words: Record<string, string> = { int: "a whole number", number: "a number", string: "text" };
  return words[expected] ?? `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

function invalid(message: string, field?: string, hint?: string): Failure {
  return { code: "invalid", message, ...(hint ? { hint } : {}), ...(field ? { field } : {}) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
