import { fail, type Result, succeed } from "#lib/failure.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

/** How a request is written, why, and what speaks against it where a person chose it. */
export type DialectChoice = { dialect: RequestDialect; reason: string; caution: string | null };

export type DialectWish = {
  facts: WireFacts;
  hasMessages: boolean;
  alternatives: number;
  /** What a person chose instead of leaving it to us. */
  override?: RequestDialect | undefined;
};

/**
 * Chooses how to write the request. The body selects the dialect, never the path: `messages` is chat, `prompt` an
 * OpenAI completion (vLLM async) or, in bedrock mode, Bedrock's shape, and `inputs` the LMI schema, which every
 * other container understands.
 *
 * Alternatives at each position are the reason to leave the LMI schema on vLLM async: there `top_n_tokens` would
 * ask for that many answers instead. A person's choice is obeyed, since a `serving.properties` inside the model may
 * make a container another one than it looks. Fails with `invalid` where messages have no way to be written.
 */
export function chooseDialect(wish: DialectWish): Result<DialectChoice> {
  const { facts, hasMessages, override } = wish;
  if (override !== undefined) {
    if (hasMessages && override !== "chat") return fail(MESSAGES_NEED_CHAT);
    return succeed({ dialect: override, reason: "You chose it.", caution: cautionOf(facts, override) });
  }
  if (hasMessages) {
    return takesMessages(facts) ? choose("chat", "Messages are sent as chat.") : fail(TAKES_NO_MESSAGES);
  }
  return chooseForPrompt(wish);
}

function chooseForPrompt({ facts, alternatives }: DialectWish): Result<DialectChoice> {
  const { mode, engine, compat } = facts;
  if (compat === "bedrock") return choose("bedrock", "OPTION_BEDROCK_COMPAT is on: only that shape is read.");
  if (mode === "dynamic") return choose("lmi", "Dynamic batching reads the LMI schema alone.");
  if (mode === "rolling") return choose("lmi", "Rolling batch reads prompts in the LMI schema.");
  if (mode === null) {
    return choose("lmi", "Image and environment do not tell what runs; every LMI container reads this one.");
  }
  if (engine === "trtllm") return choose("lmi-async", "TensorRT-LLM async reads prompts in its LMI schema.");
  return alternatives > 0
    ? choose("completions", "vLLM async sends alternatives in OpenAI's completions, not in its LMI schema.")
    : choose("lmi-async", "vLLM async is asked for no alternatives, so its LMI schema carries all there is.");
}

function choose(dialect: RequestDialect, reason: string): Result<DialectChoice> {
  return succeed({ dialect, reason, caution: null });
}

/** Whether a container takes chat messages, as far as is known; 0.26 and dynamic batching do not. */
function takesMessages({ mode, release }: WireFacts): boolean {
  return mode !== "dynamic" && (release === null || release > 26);
}

/** What is known to speak against a person's choice. */
function cautionOf(facts: WireFacts, dialect: RequestDialect): string | null {
  const { mode, compat } = facts;
  if (mode === null) return null;
  if (compat === "bedrock" && dialect !== "bedrock") return "This container reads the bedrock schema.";
  switch (dialect) {
    case "chat":
      return takesMessages(facts) ? null : "This container is not known to take chat.";
    case "completions":
    case "lmi-async":
      return mode === "async" ? null : "Only async containers (LMI 0.33 and later) are known to read it.";
    case "lmi":
      return mode === "async"
        ? "Async containers have other names for stop sequences and alternatives."
        : null;
    case "bedrock":
      return compat === "bedrock" ? null : "Only containers with OPTION_BEDROCK_COMPAT are known to read it.";
  }
}

const MESSAGES_NEED_CHAT = {
  code: "invalid",
  message: "This request format takes a prompt, not messages.",
  hint: "Send messages as chat, or leave the request format on automatic.",
  field: "dialect",
} as const;

const TAKES_NO_MESSAGES = {
  code: "invalid",
  message: "This container does not take chat messages.",
  hint: "Send a prompt, with the model's chat template written out, or deploy LMI 0.27 or later.",
  field: "messages",
} as const;
