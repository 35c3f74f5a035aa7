import type { RequestDialect } from "#lib/wire/dialects.ts";
import { PARAMETERS, type ParameterName, type Parameters, parameterSupport } from "#lib/wire/parameters.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

type ChatMessage = { role: "system" | "user" | "assistant"; content: string };

export type RequestPlan = {
  dialect: RequestDialect;
  facts: WireFacts;
  /** Read by every dialect but `chat`. */
  prompt: string;
  /** Read by `chat` alone. */
  messages: ChatMessage[];
  parameters: Parameters;
  /** Absent: true. */
  stream?: boolean;
  /** Fields of a person's own, sent as they are, beside the parameters. They win over ours. */
  extra?: Readonly<Record<string, unknown>> | undefined;
  /** Chat only: the last message is an answer that was cut; go on inside it instead of opening a new turn. */
  continuesLastMessage?: boolean;
};

type LeftOut = { name: ParameterName; reason: string };

export type RenderedRequest = {
  body: string;
  contentType: "application/json";
  /** Parameters that were set but have no name in this dialect or container, and so were not sent. */
  leftOut: LeftOut[];
};

/** JSON.stringify drops undefined, so a field that was not set is not sent. */
type Fields = Record<string, unknown>;

/**
 * Writes the request as this container reads it: what was set and is known there under the name it has there, and
 * what Sagescope itself needs to know, log probabilities and details.
 */
export function renderRequest(plan: RequestPlan): RenderedRequest {
  return {
    body: JSON.stringify(renderBody(plan)),
    contentType: "application/json",
    leftOut: listLeftOut(plan),
  };
}

function renderBody(plan: RequestPlan): Fields {
  const { dialect, facts, prompt, messages, extra } = plan;
  const stream = plan.stream ?? true;
  const own = { ...renderParameters(plan), ...renderSampling(plan) };
  switch (dialect) {
    case "lmi":
      // Dynamic batching hands its parameters to the model: it streams or not by its own configuration.
      return facts.mode === "dynamic"
        ? { inputs: prompt, parameters: { ...own, ...extra } }
        : { inputs: prompt, parameters: { ...own, ...renderDetails(plan), ...extra }, stream };
    case "lmi-async":
      return { inputs: prompt, parameters: { ...own, ...renderDetails(plan), ...extra }, stream };
    case "completions":
      return { prompt, ...own, stream, ...renderCompletionExtras(plan, stream), ...extra };
    case "chat":
      return { messages, ...own, stream, ...renderChatExtras(plan, stream), ...extra };
    case "bedrock":
      // Which operation is called, not the body, says whether the answer streams.
      return { prompt, ...own, ...extra };
  }
}

/** Asked for unless somebody said otherwise: finish reason, and the tokens of an answer that comes whole. */
function renderDetails({ parameters }: RequestPlan): Fields {
  return { details: parameters.details ?? true };
}

/** Written apart, since they depend on each other: see `renderSampling`, `renderDetails` and the extras. */
const APART: readonly ParameterName[] = ["temperature", "doSample", "details", "logProbs", "alternatives"];

function renderParameters(plan: RequestPlan): Fields {
  const fields: Fields = {};
  for (const { name } of PARAMETERS) {
    const value = plan.parameters[name];
    if (value === undefined || APART.includes(name)) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    const support = supportOf(plan, name);
    if (support.isKnown) fields[support.as] = name === "topK" ? renderTopK(Number(value), plan.facts) : value;
  }
  const { alternatives } = plan.parameters;
  const tops = supportOf(plan, "alternatives");
  if (tops.isKnown && tops.as === "top_n_tokens" && alternatives) fields[tops.as] = alternatives;
  return fields;
}

/**
 * Temperature and `do_sample` together. Rolling batch up to 0.31 silently forces a temperature without `do_sample` to
 * 0, so there sampling is always said along. 0.26 on vLLM ignores `do_sample: false`, so greedy must be said as
 * temperature 0. Async samples unless told otherwise, and OpenAI's dialects know the temperature alone.
 */
function renderSampling(plan: RequestPlan): Fields {
  const { facts, dialect } = plan;
  const { temperature, doSample } = plan.parameters;
  if (dialect !== "lmi" && dialect !== "lmi-async") return { temperature };
  const isGreedy = temperature === 0;
  const saysGreedyAsZero = facts.engine === "vllm" && facts.release !== null && facts.release <= 26;
  const implied = dialect === "lmi-async" ? (isGreedy ? false : undefined) : !isGreedy;
  return {
    do_sample: doSample ?? (temperature === undefined ? undefined : implied),
    temperature: isGreedy && !saysGreedyAsZero ? undefined : temperature,
  };
}

function renderCompletionExtras({ parameters }: RequestPlan, stream: boolean): Fields {
  return {
    // The number of alternatives; 1 is the least that brings the sampled token's own.
    logprobs: parameters.logProbs === false ? undefined : Math.max(parameters.alternatives ?? 0, 1),
    return_token_ids: true,
    stream_options: stream ? { include_usage: true } : undefined,
  };
}

/** Chat sends log probabilities only if both fields are there, in rolling batch (0.27+) as in vLLM. */
function renderChatExtras({ parameters, facts, continuesLastMessage }: RequestPlan, stream: boolean): Fields {
  const isAsync = facts.mode === "async";
  const asksLogProbs = parameters.logProbs !== false;
  return {
    logprobs: asksLogProbs ? true : undefined,
    top_logprobs: asksLogProbs ? Math.max(parameters.alternatives ?? 0, 1) : undefined,
    return_token_ids: isAsync && facts.engine === "vllm" ? true : undefined,
    stream_options: isAsync && stream ? { include_usage: true } : undefined,
    continue_final_message: continuesLastMessage ? true : undefined,
    // vLLM refuses both at once, and true is its default.
    add_generation_prompt: continuesLastMessage ? false : undefined,
  };
}

/** 0 says "no limit" here; vLLM's word for it is -1, and older ones refuse 0. */
function renderTopK(topK: number, facts: WireFacts): number {
  const isVllm = facts.engine === "vllm" || facts.engine === "lmi-dist";
  return topK === 0 && isVllm ? -1 : topK;
}

function listLeftOut(plan: RequestPlan): LeftOut[] {
  return PARAMETERS.flatMap(({ name }) => {
    const value = plan.parameters[name];
    if (value === undefined || (name === "alternatives" && value === 0)) return [];
    const support = supportOf(plan, name);
    return support.isKnown ? [] : [{ name, reason: support.reason }];
  });
}

function supportOf({ facts, dialect, stream }: RequestPlan, name: ParameterName) {
  return parameterSupport(name, { facts, dialect, stream: stream ?? true });
}
