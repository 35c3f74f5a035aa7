import { gsonError, gsonOutput } from "../gson.ts";
import type { FailedEvent, TooLongEvent } from "../open-generation.ts";
import { dumpPython, fields } from "../python-json.ts";
import { type Reply, wholeReply } from "../reply.ts";

/** An error as vLLM's OpenAI server makes it. */
export type VllmError = { readonly message: string; readonly type: string; readonly code: number };

export type Schema = "lmi" | "openai";

/** vLLM's 400. */
export function badRequest(message: string): VllmError {
  return { message, type: "BadRequestError", code: 400 };
}

/** What vLLM says of a generation that never began; the wording is that of its chat or completions route. */
export function errorOf(
  cause: FailedEvent | TooLongEvent,
  route: "chat" | "completions",
  asked: number,
): VllmError {
  if (cause.type === "failed") {
    return badRequest(cause.message);
  }
  const { contextSize, promptTokens } = cause;
  const limit = `This model's maximum context length is ${contextSize} tokens. However, you requested `;
  return badRequest(
    route === "chat" && promptTokens >= contextSize
      ? `${limit}${promptTokens} tokens in the messages, Please reduce the length of the messages.`
      : `${limit}${promptTokens + asked} tokens (${promptTokens} in the messages, ${asked} in the completion). Please reduce the length of the messages or completion.`,
  );
}

/**
 * An error before the first token, as the LMI release passes it on (lmi-wire 7.1): releases that expect
 * vLLM's old flat error lose the text, v18 and later print its Python form under status 500.
 */
export function errorReply(lmi: number, schema: Schema, error: VllmError): Reply {
  const keepsText = schema === "openai" ? lmi === 15 || lmi >= 18 : lmi >= 26;
  if (!keepsText) {
    const message = "Async Inference Failure service.invoke_handler_async() failure";
    return wholeReply(424, "application/json", gsonOutput(message, 424));
  }
  if (lmi === 15) {
    return wholeReply(error.code, "application/json", gsonError(error.message, error.code));
  }
  const printed = `error=ErrorInfo(message=${pythonRepr(error.message)}, type=${pythonRepr(error.type)}, param=None, code=${error.code})`;
  return wholeReply(500, "application/json", gsonError(printed, 500));
}

/** A request that does not get as far as vLLM. */
export function inputError(message: string): Reply {
  return wholeReply(424, "application/json", gsonError(`Input parsing failed: ${message}`, 424));
}

/** The line that ends a stream where the engine fails midway. */
export function errorLine(lmi: number, error: VllmError): string {
  const body = { message: error.message, type: error.type, param: null, code: error.code };
  const inner = lmi === 15 ? { object: "error", ...body } : body;
  return `${dumpPython(fields({ error: fields(inner) }))}\n`;
}

function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll(quote, `\\${quote}`);
  return quote + escaped + quote;
}
