import type { GenerationRequest } from "../../engine/generation.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { PromptEvent, TokenEvent } from "../open-generation.ts";
import { dumpPydantic, fields, type Written } from "../python-json.ts";
import { encodeTexts, type Reply, type Surroundings, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import { readSampling } from "./completion-parameters.ts";
import { type ChoiceEvent, openChoices } from "./open-choices.ts";
import { tokenIds, usageFields, vllmFinish, vllmLogProb } from "./openai-fields.ts";
import { renderChat } from "./render-chat.ts";
import { badRequest, errorLine, errorOf, errorReply, inputError } from "./vllm-errors.ts";

type Asked = { lmi: number; top: number | null; usage: boolean; ids: boolean };
type Head = Record<string, Written>;

const MOST_TOP = 20;

/** OpenAI chat as vLLM answers it, without its SSE framing (lmi-wire 3.6, 5.1). */
export async function answerChat(
  lmi: number,
  body: JsonObject,
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<Reply> {
  const rendered = renderChat(body.messages);
  if (rendered.kind === "invalid") return inputError(rendered.message);
  if (Array.isArray(body.tools) && body.tools.length > 0) {
    return errorReply(lmi, "openai", badRequest("Tools are not emulated by this sandbox."));
  }
  const read = readSampling(body, surroundings.newSeed());
  if (read.kind === "mistyped") return inputError(read.message);
  if (read.kind === "refused") return errorReply(lmi, "openai", read.error);
  // vLLM answers log probs only where both fields are given.
  const top = body.logprobs === true && typeof body.top_logprobs === "number" ? body.top_logprobs : null;
  if (top !== null && (top < 0 || top > MOST_TOP)) {
    return errorReply(
      lmi,
      "openai",
      badRequest(`Requested sample logprobs of ${top}, which is greater than max allowed: ${MOST_TOP}`),
    );
  }
  const options = isJsonObject(body.stream_options) ? body.stream_options : {};
  const asked: Asked = {
    lmi,
    top,
    usage: options.include_usage === true,
    ids: body.return_token_ids === true,
  };
  const { sampling } = read;
  const request: GenerationRequest = {
    ...sampling.generation,
    prompt: rendered.prompt,
    ...(body.messages === undefined ? {} : { messages: body.messages }),
    alternatives: top ?? 0,
  };
  const opened = await openChoices(surroundings, request, sampling, signal);
  if (opened.kind === "refused") {
    const error = errorOf(opened.cause, "chat", sampling.generation.maxTokens ?? 0);
    return unavailableReply(opened.cause) ?? errorReply(lmi, "openai", error);
  }
  const head = { id: `chatcmpl-${surroundings.newId()}`, created: surroundings.seconds() };
  if (body.stream === true) {
    const chunks = encodeTexts(writeChunks(head, opened.events, opened.prompt, asked));
    return { status: 200, contentType: "application/jsonlines", chunks };
  }
  return answerWhole(head, opened.events, opened.prompt, asked, sampling.choices);
}

async function* writeChunks(
  { id, created }: { id: string; created: number },
  events: AsyncIterable<ChoiceEvent>,
  prompt: PromptEvent,
  asked: Asked,
): AsyncGenerator<string> {
  const head: Head = { id, object: "chat.completion.chunk", created, model: "lmi" };
  // `prompt_token_ids` and `token_ids` came with vLLM 0.10.2, which v16 bundles.
  const absent = asked.lmi >= 16 ? null : undefined;
  const showsIds = asked.ids && asked.lmi >= 16;
  const greeted = new Set<number>();
  let generated = 0;
  for await (const { index, event } of events) {
    if (event.type === "failed") {
      yield errorLine(asked.lmi, badRequest(event.message));
      yield "\n";
      return;
    }
    // vLLM opens each choice with an empty chunk that names the role.
    if (!greeted.has(index)) {
      greeted.add(index);
      const delta = fields({ role: "assistant", content: "" });
      const choice = fields({ index, delta, logprobs: null, finish_reason: null });
      yield `${dumpPydantic(fields({ ...head, choices: [choice], prompt_token_ids: showsIds ? prompt.ids : absent }))}\n`;
    }
    generated += 1;
    const last = event.finish !== null;
    const choice = fields({
      index,
      delta: fields({ content: event.delta }),
      logprobs: asked.top === null ? null : logProbFields([event], asked.top),
      finish_reason: vllmFinish(event.finish),
      stop_reason: last ? (event.finish?.stop ?? null) : undefined,
      token_ids: showsIds ? tokenIds(event.token.id) : absent,
    });
    yield `${dumpPydantic(fields({ ...head, choices: [choice] }))}\n`;
  }
  if (asked.usage) {
    yield `${dumpPydantic(fields({ ...head, choices: [], usage: usageFields(prompt.count, generated) }))}\n`;
  }
  yield "\n";
}

async function answerWhole(
  { id, created }: { id: string; created: number },
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
    const content = tokens.map((event) => event.delta).join("");
    return fields({
      index,
      message: fields({ role: "assistant", content, reasoning_content: null, tool_calls: [] }),
      logprobs: asked.top === null ? null : logProbFields(tokens, asked.top),
      finish_reason: vllmFinish(finish),
      stop_reason: finish?.stop ?? null,
    });
  });
  const generated = perChoice.reduce((sum, tokens) => sum + tokens.length, 0);
  const usage = usageFields(prompt.count, generated, true);
  const head: Head = { id, object: "chat.completion", created, model: "lmi" };
  const answer = fields({ ...head, choices, usage, prompt_logprobs: null });
  return wholeReply(200, "application/json", `${dumpPydantic(answer)}\n`);
}

function logProbFields(events: readonly TokenEvent[], most: number): Written {
  return fields({
    content: events.map((event) => {
      const top = event.top.slice(0, most).map((token) => fields(tokenFields(token)));
      return fields({ ...tokenFields(event.token), top_logprobs: top });
    }),
  });
}

function tokenFields(token: { text: string; logProb: number }): Record<string, Written> {
  return { token: token.text, logprob: vllmLogProb(token.logProb), bytes: [...Buffer.from(token.text)] };
}
