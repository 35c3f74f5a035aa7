import type { GenerationRequest } from "../../engine/generation.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { PromptEvent, TokenEvent } from "../open-generation.ts";
import { dumpPydantic, fields, type Written } from "../python-json.ts";
import { encodeTexts, type Reply, type Surroundings, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import { readSampling } from "./completion-parameters.ts";
import { type ChoiceEvent, openChoices } from "./open-choices.ts";
import { tokenIds, usageFields, vllmFinish, vllmLogProb } from "./openai-fields.ts";
import { badRequest, errorLine, errorOf, errorReply, inputError } from "./vllm-errors.ts";

// vLLM's own default for completions, unlike LMI's 30.
const DEFAULT_TOKENS = 16;

type Asked = {
  lmi: number;
  prompt: string;
  echo: boolean;
  logProbs: number | null;
  usage: boolean;
  ids: boolean;
};

/** OpenAI completions as vLLM answers them, without its SSE framing (lmi-wire 5.1). */
export async function answerCompletions(
  lmi: number,
  body: JsonObject,
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<Reply> {
  const given = body.prompt;
  const prompt = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (typeof prompt !== "string") {
    return inputError("1 validation error for CompletionRequest\nprompt\n  Input should be a valid string");
  }
  const read = readSampling({ max_tokens: DEFAULT_TOKENS, ...body }, surroundings.newSeed());
  if (read.kind === "mistyped") return inputError(read.message);
  if (read.kind === "refused") return errorReply(lmi, "openai", read.error);
  const options = isJsonObject(body.stream_options) ? body.stream_options : {};
  const logProbs = typeof body.logprobs === "number" ? body.logprobs : null;
  const asked: Asked = {
    lmi,
    prompt,
    echo: body.echo === true,
    logProbs,
    usage: options.include_usage === true,
    ids: body.return_token_ids === true,
  };
  const { sampling } = read;
  const request: GenerationRequest = {
    ...sampling.generation,
    prompt,
    alternatives: logProbs ?? 0,
  };
  const opened = await openChoices(surroundings, request, sampling, signal);
  if (opened.kind === "refused") {
    const error = errorOf(opened.cause, "completions", sampling.generation.maxTokens ?? 0);
    return unavailableReply(opened.cause) ?? errorReply(lmi, "openai", error);
  }
  const head = {
    id: `cmpl-${surroundings.newId()}`,
    object: "text_completion",
    created: surroundings.seconds(),
    model: "lmi",
  };
  if (body.stream === true) {
    const chunks = encodeTexts(writeChunks(head, opened.events, opened.prompt, asked));
    return { status: 200, contentType: "application/jsonlines", chunks };
  }
  return answerWhole(head, opened.events, opened.prompt, asked, sampling.choices);
}

type Head = Record<string, Written>;

async function* writeChunks(
  head: Head,
  events: AsyncIterable<ChoiceEvent>,
  prompt: PromptEvent,
  asked: Asked,
): AsyncGenerator<string> {
  const offsets = new Map<number, number>();
  let generated = 0;
  for await (const { index, event } of events) {
    if (event.type === "failed") {
      yield errorLine(asked.lmi, badRequest(event.message));
      yield "\n";
      return;
    }
    generated += 1;
    const offset = offsets.get(index);
    // The prompt stands before the first text, and the offsets count it.
    const echoed = asked.echo && offset === undefined ? asked.prompt : "";
    const text = echoed + event.delta;
    offsets.set(index, (offset ?? 0) + characters(text));
    const choice = {
      index,
      text,
      logprobs:
        asked.logProbs === null
          ? null
          : logProbFields([event], asked.logProbs, (offset ?? 0) + characters(echoed)),
      finish_reason: vllmFinish(event.finish),
      stop_reason: event.finish?.stop ?? null,
      // Both came with vLLM 0.10.2, which v16 bundles; the prompt's are on a choice's first chunk alone.
      prompt_token_ids: asked.lmi < 16 ? undefined : asked.ids && offset === undefined ? prompt.ids : null,
      token_ids: asked.lmi < 16 ? undefined : asked.ids ? tokenIds(event.token.id) : null,
    };
    yield `${dumpPydantic(fields({ ...head, choices: [fields(choice)] }))}\n`;
  }
  if (asked.usage) {
    yield `${dumpPydantic(fields({ ...head, choices: [], usage: usageFields(prompt.count, generated) }))}\n`;
  }
  yield "\n";
}

async function answerWhole(
  head: Head,
  events: AsyncIterable<ChoiceEvent>,
  prompt: PromptEvent,
  asked: Asked,
  count: number,
): Promise<Reply> {
  const perChoice: TokenEvent[][] = Array.from({ length: count }, () => []);
  for await (const { index, event } of events) {
    if (event.type === "failed") {
      return errorReply(asked.lmi, "openai", badRequest(event.message));
    }
    perChoice[index]?.push(event);
  }
  const choices = perChoice.map((tokens, index) => {
    const finish = tokens.at(-1)?.finish ?? null;
    return fields({
      index,
      text: (asked.echo ? asked.prompt : "") + tokens.map((event) => event.delta).join(""),
      logprobs:
        asked.logProbs === null
          ? null
          : logProbFields(tokens, asked.logProbs, asked.echo ? characters(asked.prompt) : 0),
      finish_reason: vllmFinish(finish),
      stop_reason: finish?.stop ?? null,
      prompt_logprobs: null,
    });
  });
  const generated = perChoice.reduce((sum, tokens) => sum + tokens.length, 0);
  const usage = usageFields(prompt.count, generated, true);
  return wholeReply(200, "application/json", `${dumpPydantic(fields({ ...head, choices, usage }))}\n`);
}

function logProbFields(events: readonly TokenEvent[], most: number, start: number): Written {
  let offset = start;
  const offsets = events.map((event) => {
    const at = offset;
    offset += characters(event.token.text);
    return at;
  });
  return fields({
    text_offset: offsets,
    token_logprobs: events.map((event) => vllmLogProb(event.token.logProb)),
    tokens: events.map((event) => event.token.text),
    top_logprobs: events.map((event) => {
      // The chosen token comes first whether or not it is among the likeliest; equal texts share one key.
      const entries = [event.token, ...event.top.slice(0, most)].map(
        (token) => [token.text, vllmLogProb(token.logProb)] as const,
      );
      return fields(Object.fromEntries(entries));
    }),
  });
}

function characters(text: string): number {
  return Array.from(text).length;
}
