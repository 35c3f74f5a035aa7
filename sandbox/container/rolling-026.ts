import { applyStops } from "./apply-stops.ts";
import type { Container } from "./choose-container.ts";
import { gsonError } from "./gson.ts";
import { type FailedEvent, openGeneration, type TokenEvent } from "./open-generation.ts";
import { dumpPython, escapeText, fields, type Written } from "./python-json.ts";
import { encodeTexts, type Invocation, type Reply, type Surroundings, wholeReply } from "./reply.ts";
import { read026Request } from "./rolling-026-request.ts";
import { jsonLine, type RollingToken, rollingFinish, tokenFields026 } from "./rolling-bytes.ts";
import { unavailableReply } from "./unavailable.ts";

type Rolling026 = Extract<Container, { family: "rolling-026" }>;

// The text of an engine failure never reaches the client in 0.26 (lmi-wire 7.1).
const FAILURE = gsonError("", 424, true);

/** Answers as LMI 0.26 with rolling batch does: always 200, always in pieces, errors inside the body. */
export async function answerRolling026(
  container: Rolling026,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const contentType = container.formatter === "json" ? "application/json" : "application/jsonlines";
  const request = read026Request(container.backend, invocation, surroundings.newSeed());
  if (request.kind === "unparsable") {
    return wholeReply(200, null, gsonError(request.message, 424, true));
  }
  if (request.kind === "refused") {
    return wholeReply(200, contentType, FAILURE);
  }
  const opened = await openGeneration(surroundings.generate, request.generation, invocation.signal);
  if (opened.kind === "refused") {
    return unavailableReply(opened.cause) ?? wholeReply(200, contentType, FAILURE);
  }
  // vLLM 0.2.7 and lmi-dist cut the stop string off but have streamed its beginning already.
  const events = applyStops(opened.events, { stops: request.stops, include: false, holdBack: false });
  const format = container.formatter === "json" ? writeJson : writeJsonLines;
  const pieces = format(container, events, request.details);
  return { status: 200, contentType, chunks: encodeTexts(collect(pieces, container.buffer)) };
}

type Piece = { text: string; failed: boolean };

/** The front end's buffer: written out at tokens 1, 5, 9, … and at the end; an error drops what waits in it. */
async function* collect(pieces: AsyncIterable<Piece>, size: number): AsyncGenerator<string> {
  let waiting = "";
  let count = 0;
  for await (const piece of pieces) {
    if (piece.failed) {
      yield piece.text;
      return;
    }
    waiting += piece.text;
    count += 1;
    if ((count - 1) % size === 0) {
      yield waiting;
      waiting = "";
    }
  }
  yield waiting;
}

async function* writeJsonLines(
  container: Rolling026,
  events: AsyncIterable<TokenEvent | FailedEvent>,
  details: boolean,
): AsyncGenerator<Piece> {
  let generated = "";
  for await (const { event, token } of stepsOf(container, events)) {
    if (event.type === "failed" || token === undefined) {
      yield { text: FAILURE, failed: true };
      return;
    }
    generated += token.text;
    const last = event.finish !== null;
    const finish = rollingFinish(event, container.backend === "lmi-dist");
    yield {
      failed: false,
      text: jsonLine({
        token: tokenFields026(token),
        generated_text: last ? generated : undefined,
        details: last && details ? fields({ finish_reason: finish }) : undefined,
      }),
    };
  }
}

async function* writeJson(
  container: Rolling026,
  events: AsyncIterable<TokenEvent | FailedEvent>,
  details: boolean,
): AsyncGenerator<Piece> {
  const tokens: Written[] = [];
  for await (const { event, token } of stepsOf(container, events)) {
    if (event.type === "failed" || token === undefined) {
      yield { text: FAILURE, failed: true };
      return;
    }
    const opening = tokens.length === 0 ? '{"generated_text": "' : "";
    tokens.push(tokenFields026(token));
    let closing = "";
    if (event.finish !== null) {
      const finish = rollingFinish(event, container.backend === "lmi-dist");
      const block = dumpPython(fields({ finish_reason: finish, tokens }));
      closing = details ? `", "details": ${block}}` : '"}';
    }
    yield { text: opening + escapeText(token.text) + closing, failed: false };
  }
}

/** Each step with the token the formatter sees; none beside a failure. */
async function* stepsOf(
  container: Rolling026,
  events: AsyncIterable<TokenEvent | FailedEvent>,
): AsyncGenerator<{ event: TokenEvent | FailedEvent; token?: RollingToken }> {
  let cumulative = 0;
  for await (const event of events) {
    if (event.type === "failed") {
      yield { event };
      continue;
    }
    const before = cumulative;
    cumulative += event.token.logProb;
    yield {
      event,
      token: tokenOf(container.backend, event, cumulative - before),
    };
  }
}

/** What the formatter sees of a token; `difference` is that of two cumulative sums. */
function tokenOf(backend: Rolling026["backend"], event: TokenEvent, difference: number): RollingToken {
  switch (backend) {
    case "vllm":
      return vllmToken(event, difference);
    case "lmi-dist":
      return distToken(event);
    case "trtllm":
      // Its ids are real also where no text is added, and no token is marked special (lmi-wire 4.1).
      return { id: event.token.id, text: event.delta, logProb: difference, special: false };
  }
}

// vLLM reports cumulative sums, and a step that adds no text is "no token": id -1 and nothing else.
function vllmToken(event: TokenEvent, difference: number): RollingToken {
  return event.delta === ""
    ? { id: -1, text: "", logProb: null, special: false }
    : { id: event.token.id, text: event.delta, logProb: difference, special: false };
}

function distToken(event: TokenEvent): RollingToken {
  const { id, logProb } = event.token;
  return { id, text: event.special ? "" : event.delta, logProb, special: event.special };
}
