import { errorBodySchema } from "#lib/wire/chunk-schemas.ts";
import { isRecord, type JsonRecord, readString } from "#lib/wire/records.ts";

export type ErrorBody = { message: string; code: number | string | null };

/**
 * The words and the number in a container's error body, given as text (SageMaker's `OriginalMessage`). Text that
 * is not JSON is the message itself.
 */
export function readErrorBody(body: string): ErrorBody {
  const record = parseRecord(body);
  return record === null ? { message: readRepr(body.trim()), code: null } : readErrorRecord(record);
}

/**
 * The same for an object already parsed. In order of who writes them:
 * `{"error": text, "code"}` (LMI's Java side; text may be empty, or the Python repr of vLLM's error),
 * `{"error": {"message", "type", "param", "code"}}` (vLLM 0.10.1+ inside a stream),
 * `{"object": "error", "message", "code"}` (vLLM 0.8), `{"code", "message", "properties", ...}` (Gson dump of an
 * Output), `{"code", "type", "message"}` (the front end), `{"detail"}` (FastAPI).
 */
export function readErrorRecord(record: JsonRecord): ErrorBody {
  const body = errorBodySchema.parse(record);
  if (isRecord(body.error)) {
    const inner = errorBodySchema.parse(body.error);
    return { message: inner.message ?? "", code: inner.code ?? body.code };
  }
  if (typeof body.error === "string") {
    // Dynamic batching says both: a fixed phrase in message, the exception's own words in error.
    return { message: readRepr(body.error === "" ? (body.message ?? "") : body.error), code: body.code };
  }
  return { message: body.message ?? readDetail(body.detail), code: body.code };
}

/** FastAPI's `detail` is a sentence, or a list of what is wrong with each field. */
function readDetail(detail: unknown): string {
  const problems = Array.isArray(detail) ? detail : [detail];
  return problems
    .map((problem) => (isRecord(problem) ? readString(problem.msg) : readString(problem)) ?? "")
    .filter((message) => message !== "")
    .join("; ");
}

const VLLM_REPR = /^error=ErrorInfo\(message=(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/s;

/** v18 and later print vLLM's error object instead of reading it; the sentence is inside, in Python's quotes. */
function readRepr(text: string): string {
  const match = VLLM_REPR.exec(text);
  const quoted = match?.[1] ?? match?.[2];
  if (quoted === undefined) return text;
  return quoted.replace(/\\(.)/gs, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}

function parseRecord(body: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
