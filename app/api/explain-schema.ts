import type * as z from "zod/mini";
import type { Failure } from "#lib/failure.ts";

/**
 * The first thing that is wrong with the body of a request, in a sentence, with the field it is about. It was
 * parsed with `reportInput`, which tells what is missing from what is of another type.
 */
export function explain(error: z.core.$ZodError): Failure {
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
      if (issue.origin === "array")
        return `needs at least ${issue.minimum === 1 ? "one entry" : `${issue.minimum} entries`}`;
      return `must be ${issue.inclusive === false ? "greater than" : "at least"} ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "string") return `must have at most ${issue.maximum} characters`;
      if (issue.origin === "array") return `must have at most ${issue.maximum} entries`;
      return `must be ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${article(issue.expected)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `has the unknown field ${issue.keys.join(", ")}`;
    case "invalid_format":
      return "has characters that are not allowed there";
    case "custom":
      return issue.message;
    default:
      return "is not valid";
  }
}

function article(expected: string): string {
  const words: Record<string, string> = { int: "a whole number", number: "a number", string: "text" };
  return words[expected] ?? `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

export function invalid(message: string, field?: string, hint?: string): Failure {
  return { code: "invalid", message, ...(hint ? { hint } : {}), ...(field ? { field } : {}) };
}
