import type { GenerationRequest } from "../../engine/generation.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { PromptEvent } from "../open-generation.ts";
import { numberOr } from "../parameters.ts";
import { dumpPython, fields, type Written } from "../python-json.ts";
import { encodeTexts, type Reply, type Surroundings, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import { readSampling } from "./completion-parameters.ts";
import { type ChoiceEvent, openChoices } from "./open-choices.ts";
import { vllmLogProb } from "./openai-fields.ts";
import { badRequest, errorLine, errorOf, errorReply, inputError } from "./vllm-errors.ts";

const DEFAULT_TOKENS = 30;

type Asked = {
  prompt: string;
  details: boolean;
  prefill: boolean;
  fullText: boolean;
  seed: number | null;
  /** TensorRT-LLM tells nothing about single tokens. */
  silent: boolean;
};

/** The LMI schema in async mode: a vLLM completion, written back in LMI's words (lmi-wire 3.3, 5.2, 5.3). */
export async function answerLmiSchema(
  { lmi, engine }: { lmi: number; engine: "vllm" | "trtllm" },
  body: JsonObject,
  signal: AbortSignal,
  surroundings: Surroundings,
): Promise<Reply> {
  const parameters = isJsonObject(body.parameters) ? body.parameters : {};
  const prompt = body.inputs;
  if (typeof prompt !== "string") {
    return inputError("1 validation error for CompletionRequest\nprompt\n  Input should be a valid string");
  }
  const read = readSampling(translate(parameters), surroundings.newSeed());
  if (read.kind === "mistyped") return inputError(read.message);
  if (read.kind === "refused") return errorReply(lmi, "lmi", read.error);
  // The prompt's log probs count only together with details (lmi-wire 2.3).
  const details = parameters.details === true;
  const asked: Asked = {
    prompt,
    details,
    prefill: details && engine === "vllm" && parameters.decoder_input_details === true,
    fullText: parameters.return_full_text === true,
    seed: typeof parameters.seed === "number" ? parameters.seed : null,
    silent: engine === "trtllm",
  };
  const { sampling } = read;
  const request: GenerationRequest = {
    ...sampling.generation,
    prompt,
    promptLogProbs: asked.prefill,
  };
  const opened = await openChoices(surroundings, request, sampling, signal);
  if (opened.kind === "refused") {
    const asksFor = sampling.generation.maxTokens ?? DEFAULT_TOKENS;
    return (
      unavailableReply(opened.cause) ?? errorReply(lmi, "lmi", errorOf(opened.cause, "completions", asksFor))
    );
  }
  if (body.stream === true) {
    const chunks = encodeTexts(writeLines(lmi, opened.events, opened.prompt, asked));
    return { status: 200, contentType: "application/jsonlines", chunks };
  }
  return answerWhole(lmi, opened.events, opened.prompt, asked);
}

// `stop_sequences` is not here on purpose: async LMI does not translate it, and vLLM ignores the name.
function translate(parameters: JsonObject): JsonObject {
  const { do_sample: sample, ...rest } = parameters;
  return {
    ...rest,
    max_tokens: parameters.max_new_tokens ?? DEFAULT_TOKENS,
    n: parameters.top_n_tokens ?? 1,
    ignore_eos: parameters.ignore_eos_token ?? parameters.ignore_eos ?? false,
    // Absent or true forces nothing, so async mode samples by default.
    ...(sample === false ? { temperature: 0 } : {}),
  };
}

async function* writeLines(
  lmi: number,
  events: AsyncIterable<ChoiceEvent>,
  prompt: PromptEvent,
  asked: Asked,
): AsyncGenerator<string> {
  // One history for all choices: with several, each generated_text is the mixture (lmi-wire 5.2).
  let history = "";
  const counts = new Map<number, number>();
  for await (const { index, event } of events) {
    if (event.type === "failed") {
      yield errorLine(lmi, badRequest(event.message));
      return;
    }
    history += event.delta;
    const count = numberOr(counts.get(index), 0) + 1;
    counts.set(index, count);
    const last = event.finish !== null;
    yield `${dumpPython(
      fields({
        index,
        token: fields({
          id: asked.silent ? null : event.token.id,
          text: event.delta,
          // vLLM's chunk has null for what is no number.
          logprob:
            asked.silent || Number.isNaN(event.token.logProb) ? null : vllmLogProb(event.token.logProb),
        }),
        generated_text: last ? (asked.fullText ? asked.prompt : "") + history : null,
        details:
          last && asked.details
            ? fields({
                finish_reason: event.finish?.reason === "length" ? "length" : "stop",
                seed: asked.seed,
                // LMI adds one to a count that is already right.
                generated_tokens: count + 1,
                input_length: prompt.count,
              })
            : null,
      }),
    )}\n`;
  }
  // The usage chunk and the end mark of vLLM's stream become empty lines.
  yield "\n";
  yield "\n";
}

async function answerWhole(
  lmi: number,
  events: AsyncIterable<ChoiceEvent>,
  prompt: PromptEvent,
  asked: Asked,
): Promise<Reply> {
  let text = asked.fullText ? asked.prompt : "";
  let stopReason: string | number | null = null;
  let generated = 0;
  const tokens: Written[] = [];
  for await (const { index, event } of events) {
    if (event.type === "failed") {
      return errorReply(lmi, "lmi", badRequest(event.message));
    }
    generated += 1;
    // Only the first choice reaches a whole answer, but all of them are counted.
    if (index !== 0) continue;
    text += event.delta;
    tokens.push(
      fields({ id: event.token.id, text: event.token.text, logprob: vllmLogProb(event.token.logProb) }),
    );
    stopReason = event.finish?.reason === "stop" ? event.finish.stop : stopReason;
  }
  const details = fields({
    // Filled from vLLM's stop_reason: null for length and for the end token.
    finish_reason: stopReason,
    generated_tokens: generated,
    seed: asked.seed,
    prefill: asked.prefill ? prefillOf(prompt) : [],
    tokens: asked.silent ? [] : tokens,
  });
  const answer = fields({ generated_text: text, details: asked.details ? details : undefined });
  return wholeReply(200, "application/json", `${dumpPython(answer)}\n`);
}

// The first prompt token has no log prob and is skipped.
function prefillOf(prompt: PromptEvent): Written {
  return prompt.tokens.flatMap(({ id, text, logProb }) =>
    logProb === null ? [] : [fields({ id, text, logprob: vllmLogProb(logProb) })],
  );
}
