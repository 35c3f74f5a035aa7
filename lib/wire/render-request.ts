import { readsVllmChat, sendsAlternatives, type WireFacts } from "#lib/wire/choose-dialect.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";

/** What a person may set; absent leaves the container's own default. Same names as in `lib/run`. */
type RequestParameters = {
  maxNewTokens?: number | undefined;
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  repetitionPenalty?: number | undefined;
  seed?: number | undefined;
  stopSequences?: string[] | undefined;
  alternatives?: number | undefined;
};

type ChatMessage = { role: "system" | "user" | "assistant"; content: string };

export type RequestPlan = {
  dialect: RequestDialect;
  facts: WireFacts;
  /** Read by every dialect but `chat`. */
  prompt: string;
  /** Read by `chat` alone. */
  messages: ChatMessage[];
  parameters: RequestParameters;
  /** Chat only: the last message is an answer that was cut; go on inside it instead of opening a new turn. */
  continuesLastMessage?: boolean;
};

export type RenderedRequest = {
  body: string;
  contentType: "application/json";
  /** Parameters that were set but have no name in this dialect or container, and so were not sent. */
  leftOut: (keyof RequestParameters)[];
};

/** JSON.stringify drops undefined, so a field that was not set is not sent. */
type Fields = Record<string, unknown>;

/** Writes the request as this container reads it, always asking for a stream and for log probabilities. */
export function renderRequest(plan: RequestPlan): RenderedRequest {
  const body = renderBody(plan);
  return {
    body: JSON.stringify(body),
    contentType: "application/json",
    leftOut: listLeftOut(plan),
  };
}

function renderBody(plan: RequestPlan): Fields {
  switch (plan.dialect) {
    case "lmi":
      return { inputs: plan.prompt, parameters: renderRolling(plan), stream: true };
    case "lmi-async":
      return { inputs: plan.prompt, parameters: renderAsync(plan), stream: true };
    case "completions":
      return { prompt: plan.prompt, ...renderOpenAi(plan), ...renderCompletionExtras(plan) };
    case "chat":
      return { messages: plan.messages, ...renderOpenAi(plan), ...renderChatExtras(plan) };
  }
}

/**
 * Rolling batch. Up to 0.31 a temperature without `do_sample` is silently forced to 0, so sampling is always said.
 * 0.26 on vLLM hands everything to SamplingParams: one unknown name, even `stop_sequences`, fails every request of
 * the batch, and `do_sample: false` is ignored there, so greedy must be said as temperature 0.
 */
function renderRolling({ parameters, facts, dialect }: RequestPlan): Fields {
  const { temperature } = parameters;
  const isStrict = isStrictVllm(facts);
  const isGreedy = temperature === 0;
  const stop = nonEmpty(parameters.stopSequences);
  return {
    max_new_tokens: parameters.maxNewTokens,
    do_sample: temperature === undefined ? undefined : !isGreedy,
    temperature: isGreedy && !isStrict ? undefined : temperature,
    top_p: parameters.topP,
    top_k: renderTopK(parameters.topK, facts),
    repetition_penalty: parameters.repetitionPenalty,
    seed: isStrict ? undefined : parameters.seed,
    stop_sequences: isStrict ? undefined : stop,
    stop: isStrict ? stop : undefined,
    top_n_tokens: sendsAlternatives(facts, dialect) ? parameters.alternatives || undefined : undefined,
    details: true,
  };
}

/**
 * The vLLM async handler's LMI schema. It samples unless told otherwise, does not know `stop_sequences`, and reads
 * `top_n_tokens` as the number of answers. Unknown names go on to vLLM.
 */
function renderAsync({ parameters, facts }: RequestPlan): Fields {
  const isGreedy = parameters.temperature === 0;
  return {
    max_new_tokens: parameters.maxNewTokens,
    do_sample: isGreedy ? false : undefined,
    temperature: isGreedy ? undefined : parameters.temperature,
    top_p: parameters.topP,
    top_k: renderTopK(parameters.topK, facts),
    repetition_penalty: parameters.repetitionPenalty,
    seed: parameters.seed,
    stop: nonEmpty(parameters.stopSequences),
    details: true,
  };
}

function renderOpenAi({ parameters, facts, dialect }: RequestPlan): Fields {
  const isOpenAiOnly = dialect === "chat" && !readsVllmChat(facts);
  return {
    max_tokens: parameters.maxNewTokens,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    top_k: isOpenAiOnly ? undefined : renderTopK(parameters.topK, facts),
    repetition_penalty: isOpenAiOnly ? undefined : parameters.repetitionPenalty,
    seed: parameters.seed,
    stop: nonEmpty(parameters.stopSequences),
    stream: true,
  };
}

function renderCompletionExtras({ parameters }: RequestPlan): Fields {
  return {
    // The number of alternatives; 1 is the least that brings the sampled token's own.
    logprobs: Math.max(parameters.alternatives ?? 0, 1),
    return_token_ids: true,
    stream_options: { include_usage: true },
  };
}

/** Chat sends log probabilities only if both fields are there, in rolling batch (0.27+) as in vLLM. */
function renderChatExtras({ parameters, facts, continuesLastMessage }: RequestPlan): Fields {
  const isAsync = facts.mode === "async";
  return {
    logprobs: true,
    top_logprobs: Math.max(parameters.alternatives ?? 0, 1),
    return_token_ids: isAsync && facts.engine === "vllm" ? true : undefined,
    stream_options: isAsync ? { include_usage: true } : undefined,
    continue_final_message: continuesLastMessage ? true : undefined,
    // vLLM refuses both at once, and true is its default.
    add_generation_prompt: continuesLastMessage ? false : undefined,
  };
}

/** 0 says "no limit" here; vLLM's word for it is -1, and older ones refuse 0. */
function renderTopK(topK: number | undefined, facts: WireFacts): number | undefined {
  const isVllm = facts.engine === "vllm" || facts.engine === "lmi-dist";
  return topK === 0 && isVllm ? -1 : topK;
}

function isStrictVllm(facts: WireFacts): boolean {
  return facts.release !== null && facts.release <= 26 && facts.engine === "vllm";
}

function nonEmpty(list: string[] | undefined): string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function listLeftOut(plan: RequestPlan): (keyof RequestParameters)[] {
  const { parameters, facts, dialect } = plan;
  const leftOut: (keyof RequestParameters)[] = [];
  const isOpenAiOnly = dialect === "chat" && !readsVllmChat(facts);
  if (isOpenAiOnly && parameters.topK !== undefined) leftOut.push("topK");
  if (isOpenAiOnly && parameters.repetitionPenalty !== undefined) leftOut.push("repetitionPenalty");
  if (dialect === "lmi" && isStrictVllm(facts) && parameters.seed !== undefined) leftOut.push("seed");
  const asksAlternatives =
    dialect === "completions" || dialect === "chat" || sendsAlternatives(facts, dialect);
  if (!asksAlternatives && (parameters.alternatives ?? 0) > 0) leftOut.push("alternatives");
  return leftOut;
}
