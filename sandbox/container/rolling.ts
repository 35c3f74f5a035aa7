import type { GenerationRequest } from "../engine/generation.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { applyStops } from "./apply-stops.ts";
import type { Container } from "./choose-container.ts";
import { gsonError } from "./gson.ts";
import { type FailedEvent, openGeneration, type TokenEvent } from "./open-generation.ts";
import { numberOr, stopsOf } from "./parameters.ts";
import { dumpPython, escapeText, fields, type Written } from "./python-json.ts";
import { readBody } from "./read-body.ts";
import { encodeTexts, type Invocation, type Reply, type Surroundings, wholeReply } from "./reply.ts";
import { jsonLine, type RollingToken, rollingFinish, tokenFields } from "./rolling-bytes.ts";
import { unavailableReply } from "./unavailable.ts";

type Rolling = Extract<Container, { family: "rolling" }>;
const FAKE_ERROR_TOKEN: RollingToken = { id: -1, text: "", logProb: null, special: true };

type Asked = { prompt: string; details: boolean; fullText: boolean };

/**
 * Answers as LMI 0.28 to 0.36 with rolling batch (vLLM): the LMI schema with json and jsonlines.
 * Chat, sse and several sequences are refused with a sentence that says so.
 */
export async function answerRolling(
  container: Rolling,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const body = readBody(invocation);
  if (body.kind === "unparsable") return inputError(container, body.message);
  const refusal = notEmulated(body.value);
  if (refusal !== undefined)
    return inputError(container, `${refusal} not emulated by this sandbox for LMI 0.${container.minor}`);
  const prompt = promptOf(container, body.value.inputs);
  if (prompt === undefined) {
    return inputError(container, "Invalid request payload. The 'inputs' field must be a non-empty string.");
  }
  const parameters = isJsonObject(body.value.parameters) ? body.value.parameters : {};
  const generation = readGeneration(container, prompt, parameters, surroundings.newSeed());
  // A formatter set on the server wins over the request (lmi-wire 2.2).
  const streams = streamsOf(container, body.value, parameters);
  const contentType = streams ? "application/jsonlines" : "application/json";
  const opened = await openGeneration(surroundings.generate, generation, invocation.signal);
  if (opened.kind === "refused") {
    return unavailableReply(opened.cause) ?? failureReply(container, contentType);
  }
  const asked: Asked = {
    prompt,
    details: parameters.details === true,
    fullText: parameters.return_full_text === true,
  };
  const stops = [...stopsOf(parameters.stop_sequences), ...stopsOf(parameters.stop)];
  const events = applyStops(opened.events, { stops, include: false, holdBack: true });
  if (streams) {
    return { status: 200, contentType, chunks: encodeTexts(writeLines(container, events, asked)) };
  }
  if (container.minor === 28) {
    return { status: 200, contentType, chunks: encodeTexts(writePieces(container, events, asked)) };
  }
  return answerWhole(container, events, asked);
}

function promptOf(container: Rolling, inputs: JsonValue | undefined): string | undefined {
  // Up to 0.29 a list is taken too, and only its first entry is answered.
  const given: JsonValue | undefined = Array.isArray(inputs) && container.minor <= 29 ? inputs[0] : inputs;
  return typeof given === "string" && given !== "" ? given : undefined;
}

function notEmulated(body: JsonObject): string | undefined {
  const parameters = isJsonObject(body.parameters) ? body.parameters : {};
  if (body.messages !== undefined) return "chat (messages) is";
  const several = ["n", "best_of", "num_beams"].some((name) => numberOr(parameters[name], 1) > 1);
  if (several) return "more than one sequence is";
  const asked = ["top_n_tokens", "decoder_input_details", "output_formatter"].filter(
    (name) => parameters[name],
  );
  return asked.length === 0 ? undefined : `${asked.join(", ")}:`;
}

function streamsOf(container: Rolling, body: JsonObject, parameters: JsonObject): boolean {
  if (container.formatter !== undefined) return container.formatter === "jsonlines";
  // Only 0.29 looks into the parameters where the top level says nothing.
  return (
    body.stream === true ||
    (container.minor === 29 && body.stream === undefined && parameters.stream === true)
  );
}

function readGeneration(
  container: Rolling,
  prompt: string,
  parameters: JsonObject,
  newSeed: number,
): GenerationRequest {
  const { do_sample: sample, temperature } = parameters;
  // Up to 0.31 nothing samples without do_sample; from 0.32 on a given temperature is enough.
  const samples =
    container.minor <= 31
      ? sample === true
      : sample === true || (sample === undefined && typeof temperature === "number");
  return {
    prompt,
    maxTokens: numberOr(parameters.max_new_tokens, 30),
    refuseOverlong: false,
    temperature: samples ? numberOr(temperature, 1) : 0,
    topK: numberOr(parameters.top_k, -1),
    topP: numberOr(parameters.top_p, 1),
    minP: numberOr(parameters.min_p, 0),
    repetitionPenalty: numberOr(parameters.repetition_penalty, 1),
    presencePenalty: numberOr(parameters.presence_penalty, 0),
    frequencyPenalty: numberOr(parameters.frequency_penalty, 0),
    seed: numberOr(parameters.seed, newSeed),
    ignoreEos: parameters.ignore_eos_token === true,
    stopTokenIds: [],
    alternatives: 0,
    promptLogProbs: false,
  };
}

async function* writeLines(
  container: Rolling,
  events: AsyncIterable<TokenEvent | FailedEvent>,
  asked: Asked,
): AsyncGenerator<string> {
  let generated = asked.fullText ? asked.prompt : "";
  let count = 0;
  for await (const event of events) {
    const token = event.type === "failed" ? undefined : tokenOf(container, event);
    if (event.type === "failed" || token === undefined) {
      // 0.28 fakes a last token; later releases throw that line away in Java (lmi-wire 7.1).
      yield container.minor === 28 ? fakeErrorLine(generated, count, asked) : failureText();
      return;
    }
    generated += token.text;
    count += 1;
    const last = event.finish !== null;
    const details = detailsOf(rollingFinish(event, false), count, asked);
    yield jsonLine({
      token: tokenFields(token),
      generated_text: last ? generated : undefined,
      details: last && asked.details ? fields(details) : undefined,
    });
  }
}

/** From 0.29 on a whole answer is one write, and a failure is a status. */
async function answerWhole(
  container: Rolling,
  events: AsyncIterable<TokenEvent | FailedEvent>,
  asked: Asked,
): Promise<Reply> {
  const tokens: RollingToken[] = [];
  let finish = "eos_token";
  for await (const event of events) {
    if (event.type === "failed") return failureReply(container, "application/json");
    tokens.push(tokenOf(container, event));
    finish = rollingFinish(event, false);
  }
  const text = (asked.fullText ? asked.prompt : "") + tokens.map((token) => token.text).join("");
  const details = { ...detailsOf(finish, tokens.length, asked), tokens: tokens.map(wholeToken) };
  const answer = { generated_text: text, details: asked.details ? fields(details) : undefined };
  return wholeReply(200, "application/json", dumpPython(fields(answer)));
}

/** 0.28 writes one document in pieces, the prompt unescaped in it, and a failure is its fake last token. */
async function* writePieces(
  container: Rolling,
  events: AsyncIterable<TokenEvent | FailedEvent>,
  asked: Asked,
): AsyncGenerator<string> {
  const tokens: RollingToken[] = [];
  for await (const event of events) {
    const failed = event.type === "failed";
    const token = failed ? FAKE_ERROR_TOKEN : tokenOf(container, event);
    const opening = tokens.length === 0 ? `{"generated_text": "${asked.fullText ? asked.prompt : ""}` : "";
    tokens.push(token);
    const finish = failed ? "error" : event.finish === null ? undefined : rollingFinish(event, false);
    yield opening + escapeText(token.text) + (finish === undefined ? "" : closing(finish, tokens, asked));
    if (finish !== undefined) return;
  }
}

function closing(finish: string, tokens: readonly RollingToken[], asked: Asked): string {
  const details = asked.details
    ? { ...detailsOf(finish, tokens.length, asked), tokens: tokens.map(wholeToken) }
    : finish === "error"
      ? { finish_reason: finish }
      : undefined;
  return details === undefined ? '"}' : `", "details": ${dumpPython(fields(details))}}`;
}

// 0.28 holds a character back until it is whole; from 0.29 on each token is decoded alone.
function tokenOf(container: Rolling, event: TokenEvent): RollingToken {
  const text = container.minor === 28 || event.finish?.reason === "stop" ? event.delta : tokenText(event);
  return { id: event.token.id, text, logProb: event.token.logProb, special: false };
}

function tokenText(event: TokenEvent): string {
  return event.special ? "" : event.token.text;
}

function wholeToken(token: RollingToken): Written {
  // The fake error token of 0.28 has the whole number -1 as its log prob.
  return token.logProb === null
    ? fields({ id: token.id, text: token.text, log_prob: -1, special_token: true })
    : tokenFields(token);
}

function detailsOf(finish: string, count: number, asked: Asked): Record<string, Written> {
  return { finish_reason: finish, generated_tokens: count, inputs: asked.prompt };
}

function fakeErrorLine(generated: string, count: number, asked: Asked): string {
  const details = asked.details ? detailsOf("error", count + 1, asked) : { finish_reason: "error" };
  return jsonLine({
    token: wholeToken(FAKE_ERROR_TOKEN),
    generated_text: generated,
    details: fields(details),
  });
}

// From 0.30 on the text of the exception stays inside.
function failureText(): string {
  return gsonError("exception occurred during rolling batch inference", 424);
}

function failureReply(container: Rolling, contentType: string): Reply {
  return container.minor === 28
    ? wholeReply(
        200,
        contentType,
        `${dumpPython(fields({ generated_text: "", details: fields({ finish_reason: "error" }) }))}`,
      )
    : wholeReply(424, contentType, failureText());
}

function inputError(container: Rolling, message: string): Reply {
  return container.minor === 28
    ? wholeReply(200, null, gsonError(message, 424))
    : wholeReply(
        424,
        null,
        gsonError(`Input Parsing failed. Ensure that the request payload is valid. ${message}`, 424),
      );
}
