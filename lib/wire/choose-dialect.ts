import { fail, type Result, succeed } from "#lib/failure.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";

/**
 * What decides how an LMI container is spoken to. Null means unknown (an image of one's own).
 *
 * - `release`: the minor version of DJL in the image tag, 26 for `0.26.0`, 36 for `0.36.0-lmi27`.
 * - `mode`: `rolling` batch, vLLM or TensorRT-LLM `async` (0.33+, the default from 0.35), or `dynamic` batching.
 * - `engine`: who generates.
 */
export type WireFacts = {
  release: number | null;
  mode: "rolling" | "async" | "dynamic" | null;
  engine: "vllm" | "lmi-dist" | "trtllm" | "other" | null;
};

export const UNKNOWN_FACTS: WireFacts = { release: null, mode: null, engine: null };

/**
 * Chooses how to write the request. The body selects the dialect, never the path: `messages` is chat, `prompt` an
 * OpenAI completion (vLLM async only), `inputs` the LMI schema, which every container understands.
 *
 * Alternatives at each position are the reason to leave the LMI schema on vLLM async: there `top_n_tokens` would
 * ask for that many answers instead. Fails with `invalid` where a container has no chat.
 */
export function chooseDialect(wish: {
  facts: WireFacts;
  hasMessages: boolean;
  alternatives: number;
}): Result<RequestDialect> {
  const { release, mode, engine } = wish.facts;
  if (wish.hasMessages) {
    if (mode === "dynamic" || (release !== null && release <= 26)) {
      return fail({
        code: "invalid",
        message: "This container does not take chat messages.",
        hint: "Send a prompt, with the model's chat template written out, or deploy LMI 0.27 or later.",
        field: "messages",
      });
    }
    return succeed("chat");
  }
  if (mode !== "async") return succeed("lmi");
  return succeed(engine !== "trtllm" && wish.alternatives > 0 ? "completions" : "lmi-async");
}

/** Whether this container can be asked for the tokens that were weighed at each position. */
export function sendsAlternatives(facts: WireFacts, dialect: RequestDialect): boolean {
  const { release, mode, engine } = facts;
  const isVllm = engine === "vllm" || engine === "lmi-dist";
  if (dialect === "lmi") return mode === "rolling" && isVllm && release !== null && release >= 29;
  return mode === "async" && engine === "vllm" && dialect !== "lmi-async";
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
