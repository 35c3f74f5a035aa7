import { isJsonObject, type JsonObject, parseJson } from "../json.ts";
import type { Invocation } from "./reply.ts";

export type Body = { kind: "object"; value: JsonObject } | { kind: "unparsable"; message: string };

/** The request body as LMI's `decode` sees it: text types become `inputs`, everything else must be JSON. */
export function readBody(invocation: Invocation): Body {
  const text = Buffer.from(invocation.body).toString("utf8");
  const type = invocation.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/plain" || type === "text/csv") {
    return { kind: "object", value: { inputs: text } };
  }
  const value = parseJson(text);
  return isJsonObject(value)
    ? { kind: "object", value }
    : { kind: "unparsable", message: pythonComplaint(text) };
}

// Python's words for the two ways a text most often fails to begin like JSON.
function pythonComplaint(text: string): string {
  return text.startsWith("{")
    ? "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"
    : "Expecting value: line 1 column 1 (char 0)";
}
