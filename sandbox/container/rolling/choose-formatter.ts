import { isJsonObject, type JsonObject } from "../../json.ts";
import { plainName } from "./plain-name.ts";
import type { Rolling } from "./steps.ts";

/** The formatters of LMI 0.27 to 0.36 that are emulated (lmi-wire 2.2). */
export type Formatter =
  | "json"
  | "jsonlines"
  | "sse"
  | "json_chat"
  | "jsonlines_chat"
  | "sse_chat"
  | "3p"
  | "3p_stream";

const TYPES: Record<Formatter, string> = {
  json: "application/json",
  jsonlines: "application/jsonlines",
  sse: "text/event-stream",
  json_chat: "application/json",
  jsonlines_chat: "application/jsonlines",
  sse_chat: "text/event-stream",
  "3p": "application/json",
  "3p_stream": "application/jsonlines",
};

/** The formatter's Content-Type; in 0.27 none reaches the client. */
export function contentTypeOf(container: Rolling, formatter: Formatter): string | null {
  return container.minor === 27 ? null : TYPES[formatter];
}

/** The formatter by name from the server or the request, else by `stream`; an unknown name counts as not set. */
export function chooseFormatter(container: Rolling, body: JsonObject): Formatter {
  const parameters = isJsonObject(body.parameters) ? body.parameters : {};
  const named = plainName(container.minor, parameters.output_formatter) ?? container.formatter;
  if (named !== undefined) return named;
  if (!streamsOf(container, body, parameters)) return "json";
  return container.tgi && container.minor >= 28 ? "sse" : "jsonlines";
}

/** Chat takes its own formatter, whatever name is set. */
export function chooseChatFormatter(container: Rolling, body: JsonObject): Formatter {
  if (body.stream !== true) return "json_chat";
  return usesVllmChat(container) && container.lmi >= 26 ? "sse_chat" : "jsonlines_chat";
}

/** Whether chat requests are parsed by vLLM's own code, as from 0.32 on. */
export function usesVllmChat(container: Rolling): boolean {
  return container.minor >= 32 && container.backend === "vllm";
}

function streamsOf(container: Rolling, body: JsonObject, parameters: JsonObject): boolean {
  // Only 0.29 looks into the parameters where the top level says nothing.
  return (
    body.stream === true ||
    (container.minor === 29 && body.stream === undefined && parameters.stream === true)
  );
}
