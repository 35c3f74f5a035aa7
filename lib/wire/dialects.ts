import { isRecord, type JsonRecord, readList } from "#lib/wire/records.ts";

/** The four ways to write a request; `lmi` is rolling batch, `lmi-async` the vLLM async handler's LMI schema. */
export type RequestDialect = "lmi" | "lmi-async" | "completions" | "chat";

/** What one JSON object of an answer can be. Framing (bare lines, `data:`) is told apart before, by the line. */
export type AnswerDialect =
  | "lmi-line"
  | "lmi-document"
  | "choices"
  | "outputs"
  | "bedrock"
  | "error"
  | "unknown";

/**
 * Tells the dialect of one object by its keys, never by the content type: 0.27 sends no Content-Type at all, an
 * error object stands bare in an SSE body, and a 424 of a streaming request still says jsonlines. Each object is
 * looked at on its own, because the containers change dialect in the middle of a body.
 */
export function detectDialect(record: JsonRecord): AnswerDialect {
  if (isRecord(record.token)) return "lmi-line";
  if (Array.isArray(record.choices)) return "choices";
  if ("generated_text" in record) return "lmi-document";
  if (record.error !== undefined && record.error !== null) return "error";
  if (typeof readList(record.outputs)[0] === "string") return "outputs";
  if ("generation" in record || (isRecord(record.body) && "generation" in record.body)) return "bedrock";
  if (typeof record.message === "string" || "detail" in record) return "error";
  return "unknown";
}
