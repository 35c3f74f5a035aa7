import type { RequestDialect } from "#lib/wire/dialects.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

/**
 * Who reads a request. What a parameter is called, whether it is known and what holds without it differ between
 * these and, within one of them, by release. `unknown` is an image that nobody can tell, spoken to in the LMI schema.
 */
export type RequestReader =
  | "vllm-0.26"
  | "rolling-vllm"
  | "rolling-lmi-dist"
  | "rolling-trtllm"
  | "rolling-other"
  | "dynamic"
  | "unknown"
  | "async-vllm"
  | "async-trtllm"
  | "completions"
  | "openai-chat"
  | "vllm-chat"
  | "bedrock";

/** For people, at the beginning of a sentence: who does, or does not, know a parameter. */
export const READER_WORDS: Record<RequestReader, string> = {
  "vllm-0.26": "vLLM in LMI 0.26",
  "rolling-vllm": "vLLM rolling batch",
  "rolling-lmi-dist": "LMI-Dist",
  "rolling-trtllm": "TensorRT-LLM rolling batch",
  "rolling-other": "This back end",
  dynamic: "Dynamic batching",
  unknown: "A container of unknown version",
  "async-vllm": "The LMI schema of vLLM async",
  "async-trtllm": "The LMI schema of TensorRT-LLM async",
  completions: "vLLM's completions",
  "openai-chat": "OpenAI's chat schema",
  "vllm-chat": "vLLM's chat",
  bedrock: "The bedrock schema",
};

/** Who reads a request in this dialect in a container of these facts. */
export function requestReader(facts: WireFacts, dialect: RequestDialect): RequestReader {
  switch (dialect) {
    case "completions":
      return "completions";
    case "bedrock":
      return "bedrock";
    case "chat":
      return readsVllmChat(facts) ? "vllm-chat" : "openai-chat";
    case "lmi-async":
      return facts.engine === "trtllm" ? "async-trtllm" : "async-vllm";
    case "lmi":
      return lmiReader(facts);
  }
}

function lmiReader({ release, mode, engine }: WireFacts): RequestReader {
  if (mode === "dynamic") return "dynamic";
  switch (engine) {
    case "vllm":
      return release !== null && release <= 26 ? "vllm-0.26" : "rolling-vllm";
    case "lmi-dist":
      return "rolling-lmi-dist";
    case "trtllm":
      return "rolling-trtllm";
    case "other":
      return "rolling-other";
    case null:
      return "unknown";
  }
}

/**
 * Whether chat is read by vLLM's own request model (async, or rolling batch from 0.32). It alone knows `top_k`,
 * and it alone can leave the last message open, so that an answer that was cut can be taken up again. Older chat
 * reads OpenAI's fields, drops all others, and would open a new turn.
 */
export function readsVllmChat(facts: WireFacts): boolean {
  if (facts.engine !== "vllm") return false;
  return facts.mode === "async" || (facts.release !== null && facts.release >= 32);
}
