import { isRecord, type JsonRecord, readList } from "#lib/wire/records.ts";

/**
 * The ways to write a request. `lmi`: the LMI schema as rolling and dynamic batching read it; `lmi-async`: as vLLM's
 * and TensorRT-LLM's async handlers do; `bedrock`: `prompt` and `max_gen_len`, for `option.bedrock_compat`.
 */
export const REQUEST_DIALECTS = ["lmi", "lmi-async", "completions", "chat", "bedrock"] as const;

export type RequestDialect = (typeof REQUEST_DIALECTS)[number];

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
