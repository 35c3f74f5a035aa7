import type { Failure, Result } from "#lib/failure.ts";
import { chooseAnswerText, isAnswerText } from "#lib/run/answer-text.ts";
import { containerFailure } from "#lib/run/container-failure.ts";
import { classifyFinish } from "#lib/run/finish-kind.ts";
import { collectOtherAnswers, type OtherAnswers } from "#lib/run/other-answers.ts";
import { recordRun, type Stamped } from "#lib/run/record-run.ts";
import type { Answered, FinishReason, FrameMark, OtherAnswer, RunEvent } from "#lib/run/run-event.ts";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import { createPlainTextParser } from "#lib/wire/read-plain-text.ts";
import type { StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";
import { tellAnswer } from "#lib/wire/tell-answer.ts";

/** Sends one request. Resolves when the answer begins; `bytes` must end or throw once `signal` aborts. */
export type Invoke = (
  body: string,
  signal: AbortSignal,
) => Promise<Result<{ bytes: AsyncIterable<Uint8Array>; contentType: string | null }>>;

export type PartOptions = {
  part: number;
  body: string;
  /** Index of the first token in the run. */
  startIndex: number;
  /** Put in front of the whole answer by some containers; empty where it cannot be. */
  prompt: string;
  /** The container is known to begin its text with the prompt, which then is no part of the answer. */
  echoesPrompt?: boolean;
  /** Null too where what arrives is no count of tokens. */
  limit: number | null;
  /** Everything that comes is the answer's text. */
  readsText?: boolean;
  stopSequences: readonly string[];
  invoke: Invoke;
  /** Ms since the run began. */
  elapsed: () => number;
  signal: AbortSignal;
  describeError: (error: unknown) => Failure;
};

/** What one request came to. */
export type PartOutcome = {
  text: string;
  /** Tokens that count, and steps the container took, which its limit is about. */
  tokens: number;
  steps: number;
  finishReason: FinishReason;
  failure: Failure | null;
  /** For tokens of this part, by index in the run. */
  alternatives: { index: number; alternatives: NonNullable<StreamToken["alternatives"]> }[];
  otherAnswers: OtherAnswer[];
  /** Null before anything that can be read has come. */
  answered: Answered | null;
  /** The lines that carried no token: the end, the counts, an error. */
  raw: string | null;
  frames: FrameMark | null;
  at: number;
};

/** What a request came to whose reader left in the middle. */
export const NO_OUTCOME: PartOutcome = {
  text: "",
  tokens: 0,
  steps: 0,
  finishReason: { raw: null, kind: "interrupted" },
  failure: null,
  alternatives: [],
  otherAnswers: [],
  answered: null,
  raw: null,
  frames: null,
  at: 0,
};

/** One request from its first byte to its last: token and malformed events on the way, the outcome as the return. */
export async function* invokePart(options: PartOptions): AsyncGenerator<RunEvent, PartOutcome> {
  const { part, elapsed, signal, describeError } = options;
  const record = emptyRecord();
  const opened = await open(options);
  if (!opened.ok) return concludePart(options, { ...record, failure: opened.failure });
  const { bytes, contentType } = opened.value;
  const parser = options.readsText ? createPlainTextParser() : createStreamParser();
  const recording = recordRun({ bytes, now: elapsed, signal, describeError, parser });
  for await (const { at, event: said, frames } of recording) {
    const event = record.lines === 0 && options.echoesPrompt ? withoutPrompt(said, options.prompt) : said;
    if (record.answered === null && !options.readsText) record.answered = tell(event, contentType);
    if ((event.type === "token" || event.type === "end") && event.choice !== undefined) {
      record.others.note(event, event.choice);
      if (event.raw !== undefined) record.closingLines.push(event.raw);
      if (frames !== undefined) record.closingSizes.push(...frames.sizes);
      continue;
    }
    if (event.type === "token") {
      // Nobody else holds the parser's event, and copying it costs more than reading its line did.
      const token = Object.assign(event, { index: options.startIndex + record.lines, part, at });
      yield frames === undefined ? token : Object.assign(token, { frames });
    } else if (event.type === "malformed") {
      yield { type: "malformed", raw: event.raw, part, at, ...(frames === undefined ? {} : { frames }) };
    }
    noteEvent(record, event, frames);
  }
  return concludePart(options, record);
}

/** What the answer is, by the first line of it that can be read. */
function tell(event: Stamped["event"], contentType: string | null): Answered | null {
  const told = event.type === "interrupted" || event.raw === undefined ? null : tellAnswer(event.raw);
  return told === null ? null : { contentType, ...told };
}

/** Bedrock's shape and Hugging Face's pipeline answer with the prompt and what follows it, as one text. */
function withoutPrompt(event: Stamped["event"], prompt: string): Stamped["event"] {
  if (event.type !== "token" || event.id !== null || !event.text.startsWith(prompt)) return event;
  return { ...event, text: event.text.slice(prompt.length) };
}

async function open({ invoke, body, signal, describeError }: PartOptions): ReturnType<Invoke> {
  try {
    return await invoke(body, signal);
  } catch (error) {
    return { ok: false, failure: describeError(error) };
  }
}

type StreamEnd = Extract<StreamEvent, { type: "end" }>;

type PartRecord = {
  /** Token events, and those of them that count. */
  lines: number;
  tokens: number;
  /** The answer's text, and all text, as the tokens say it. */
  pieces: string;
  shown: string;
  /** The container's own count of tokens. */
  outputTokens: number;
  hasGaps: boolean;
  end: StreamEnd | null;
  failure: Failure | null;
  others: OtherAnswers;
  answered: Answered | null;
  closingLines: string[];
  /** Sizes of the frames that brought them. */
  closingSizes: number[];
};

function emptyRecord(): PartRecord {
  return {
    lines: 0,
    tokens: 0,
    pieces: "",
    shown: "",
    outputTokens: 0,
    hasGaps: false,
    end: null,
    failure: null,
    others: collectOtherAnswers(),
    answered: null,
    closingLines: [],
    closingSizes: [],
  };
}

function noteEvent(record: PartRecord, event: Stamped["event"], frames: FrameMark | undefined): void {
  switch (event.type) {
    case "token":
      record.lines += 1;
      if (event.counts) record.tokens += 1;
      if (isAnswerText(event)) record.pieces += event.text;
      record.shown += event.text;
      return;
    case "malformed":
      record.hasGaps = true;
      return;
    case "interrupted":
      // The container's own words about a failure say more than the connection that broke after them.
      record.failure ??= event.failure;
      return;
    case "end":
      record.end = mergeEnds(record.end, event);
      break;
    case "usage":
      record.outputTokens = Math.max(record.outputTokens, event.outputTokens ?? 0);
      break;
    case "error":
      record.failure ??= describeModelError(event);
      break;
  }
  if (event.raw === undefined) return;
  record.closingLines.push(event.raw);
  if (frames !== undefined) record.closingSizes.push(...frames.sizes);
}

function concludePart(options: PartOptions, record: PartRecord): PartOutcome {
  const { startIndex, prompt, stopSequences, limit, elapsed } = options;
  const { end, closingLines } = record;
  const otherAnswers = record.others.list();
  // A count of the container's own is of all answers together.
  const counted = otherAnswers.length === 0 ? record.outputTokens : 0;
  const steps = Math.max(record.lines, counted);
  return {
    text: chooseAnswerText(record.pieces, end?.generatedText ?? null, prompt, record.hasGaps),
    tokens: record.tokens,
    steps,
    finishReason: classifyFinish({
      ended: end !== null,
      raw: end?.rawReason ?? null,
      stopReason: end?.stopReason,
      stopSequences,
      text: record.shown,
      steps,
      limit,
    }),
    failure: record.failure,
    alternatives: (end?.topTokens ?? []).map((alternatives, place) => ({
      index: startIndex + place,
      alternatives,
    })),
    otherAnswers,
    answered: record.answered,
    raw: closingLines.length === 0 ? null : closingLines.join("\n"),
    frames: record.closingSizes.length === 0 ? null : { sizes: record.closingSizes },
    at: elapsed(),
  };
}

/**
 * Rolling chat ends the answer once for each token of the last step. The last end holds the whole text; a reason
 * said once stays said.
 */
function mergeEnds(earlier: StreamEnd | null, later: StreamEnd): StreamEnd {
  return { ...earlier, ...later, rawReason: later.rawReason ?? earlier?.rawReason ?? null };
}

/** A failure said inside a 200 answer: the same words as where it comes as a refusal, and what came is kept. */
function describeModelError({ message, code }: { message: string; code: number | string | null }): Failure {
  const failure = containerFailure({ message, status: typeof code === "number" ? code : null });
  return { ...failure, hint: `${failure.hint ?? ""} What had arrived is kept.`.trim() };
}
