import type { IncomingMessage } from "node:http";
import type { GenerationEvent, GenerationRequest } from "../generation.ts";
import { call, readText, whyUnreachable } from "./call.ts";
import { completionRequest } from "./completion-request.ts";
import { readEventText } from "./event-text.ts";
import type { OpenaiServer } from "./probe-openai.ts";
import { type Chunk, errorMessage, readChunk } from "./read-chunk.ts";

type TokenEvent = Extract<GenerationEvent, { type: "token" }>;

/** One generation by an OpenAI-compatible server; aborting the signal or leaving the loop closes its connection. */
export async function* generateRemotely(
  url: string,
  server: OpenaiServer,
  request: GenerationRequest,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  if (request.promptLogProbs) {
    yield failed("Log probabilities of the prompt are not asked of an openai: engine by this sandbox.");
    return;
  }
  const { path, body } = completionRequest(request, server.model);
  let answer: IncomingMessage | undefined;
  try {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    answer = await call({ url: url + path, method: "POST", headers, body: JSON.stringify(body), signal });
    if (answer.statusCode !== 200) {
      const text = await readText(answer);
      // The server's own words: a prompt that is too long is refused here too.
      yield failed(errorMessage(text) ?? `The server at ${url} answered ${answer.statusCode}.`);
      return;
    }
    yield* readAnswer(answer, server, request);
  } catch (error) {
    if (signal.aborted) return;
    const reason = whyUnreachable(error);
    yield answer === undefined
      ? {
          type: "failed",
          message: `The server at ${url} cannot be reached: ${reason}.`,
          reason: "unavailable",
        }
      : failed(`The connection to the server at ${url} was lost: ${reason}.`);
  } finally {
    answer?.destroy();
  }
}

async function* readAnswer(
  answer: IncomingMessage,
  server: OpenaiServer,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent> {
  let started = false;
  let held: TokenEvent | undefined;
  for await (const text of readEventText(answer)) {
    const read = readChunk(text);
    if (read.kind === "error") {
      yield failed(read.message);
      return;
    }
    const { chunk } = read;
    if (!started) {
      started = true;
      yield { type: "prompt", count: chunk.promptCount, ids: chunk.promptIds, tokens: [] };
    }
    const events = eventsOf(chunk, request);
    if (events.length > 0) {
      if (held !== undefined) yield held;
      yield* events.slice(0, -1);
      held = events.at(-1);
    } else if (chunk.text !== "") {
      if (held === undefined) {
        yield failed("The server sent text without its log probabilities.");
        return;
      }
      held = { ...held, delta: held.delta + chunk.text };
    }
    const finish = chunk.finish ?? held?.finish ?? null;
    if (finish !== null) {
      // Some servers give the reason apart from the token, and none at all gives one for no tokens.
      if (held !== undefined)
        yield { ...held, finish, special: finish.reason === "eos" && held.delta === "" };
      return;
    }
    if (server.finishesWithToken && held !== undefined) {
      yield held;
      held = undefined;
    }
  }
  if (held !== undefined) yield held;
  yield failed("The server's answer ended without a finish reason.");
}

function eventsOf(chunk: Chunk, request: GenerationRequest): TokenEvent[] {
  const joined = chunk.tokens.map(({ token }) => token.text).join("");
  return chunk.tokens.map(({ token, top }, index) => {
    const last = index === chunk.tokens.length - 1;
    return {
      type: "token",
      token,
      // Where the texts do not add up, the chunk ends a character that earlier tokens began.
      delta: joined === chunk.text ? token.text : last ? chunk.text : "",
      special: false,
      top: top.slice(0, request.alternatives),
      // llama.cpp knows no stop tokens; ending here does the same.
      finish: request.stopTokenIds.includes(token.id) ? { reason: "stop", stop: token.id } : null,
    };
  });
}

function failed(message: string): GenerationEvent {
  return { type: "failed", message, reason: "engine" };
}
