import type { Failure } from "#lib/failure.ts";
import { isAnswerText } from "#lib/run/answer-text.ts";
import { type KeptLine, lineOf } from "#lib/run/raw-line.ts";
import type { Answered, FinishReason, OtherAnswer, RunEvent, TokenEvent } from "#lib/run/run-event.ts";

/** One request of the run. `startToken` is the index of its first token; the reason is the wire's own word. */
type RunPart = {
  index: number;
  startToken: number;
  finishReason: string | null;
  /** How the reason was inferred, where it was. */
  note: string | null;
};

export type RunState = {
  /** Tells one run from another; whoever starts a run raises it. */
  key: number;
  /** The server's name of the latest request's run; null until it said so. */
  runId: string | null;
  status: "idle" | "connecting" | "streaming" | "finished" | "failed" | "stopped";
  /** Grows with every event, also where `tokens` and `rawLines` stay the same arrays. */
  version: number;
  tokens: TokenEvent[];
  /** Raised when tokens that were there already got their alternatives after all. */
  revision: number;
  /** Tokens that stand for a generated token. */
  tokenCount: number;
  parts: RunPart[];
  rawLines: KeptLine[];
  /** Lines that could not be read. */
  malformed: number;
  requests: number;
  generatedText: string;
  finishReason: FinishReason | null;
  /** Set where a limit of auto-continue, not the model, ended the run. */
  stoppedBy: "max-requests" | "max-tokens" | null;
  failure: Failure | null;
  /** Epoch ms on the server. */
  startedAt: number | null;
  /** Ms from the first request to the latest event. */
  elapsed: number | null;
  dialect: string | null;
  requestBody: string | null;
  /** Parameters that were set and that this container has no name for. */
  leftOut: { name: string; reason: string }[];
  answered: Answered | null;
  otherAnswers: OtherAnswer[];
};

export function emptyRun(): RunState {
  return {
    key: 0,
    runId: null,
    status: "idle",
    version: 0,
    tokens: [],
    revision: 0,
    tokenCount: 0,
    parts: [],
    rawLines: [],
    malformed: 0,
    requests: 0,
    generatedText: "",
    finishReason: null,
    stoppedBy: null,
    failure: null,
    startedAt: null,
    elapsed: null,
    dialect: null,
    requestBody: null,
    leftOut: [],
    answered: null,
    otherAnswers: [],
  };
}

/** Whether there is anything to count or to score: not before a run, nor when it failed before its first token. */
export function hasNumbers({ status, tokens }: Pick<RunState, "status" | "tokens">): boolean {
  return status !== "idle" && (status !== "failed" || tokens.length > 0);
}

/**
 * Folds a batch of events into the state of a run, as many as have come since the last frame.
 *
 * The state is a new object each time, but `tokens` and `rawLines` are the same arrays, appended to: copying them
 * would cost the length of the answer in every frame. The price: a state is used up by folding into it (its arrays
 * go on growing), each batch must be folded once, and `version`, not the arrays, says that something changed.
 */
export function reduceRun(state: RunState, events: readonly RunEvent[]): RunState {
  const next = { ...state, parts: [...state.parts], version: state.version + events.length };
  for (const event of events) applyEvent(next, event);
  return next;
}

function applyEvent(run: RunState, event: RunEvent): void {
  if (event.type !== "run-start" && event.at !== undefined) {
    run.elapsed = Math.max(run.elapsed ?? 0, event.at);
  }
  switch (event.type) {
    case "run-start":
      run.status = run.status === "stopped" ? "stopped" : "streaming";
      run.runId = event.runId;
      run.startedAt ??= event.startedAt;
      run.dialect = event.dialect;
      run.requestBody = event.requestBody;
      run.leftOut = event.leftOut ?? [];
      run.requests += 1;
      run.stoppedBy = null;
      break;
    case "token":
      applyToken(run, event);
      break;
    case "malformed":
      run.malformed += 1;
      run.rawLines.push({
        raw: event.raw,
        at: event.at ?? null,
        part: event.part ?? currentPart(run),
        malformed: true,
        frames: event.frames ?? null,
        firstToken: null,
        tokens: 0,
      });
      break;
    case "part-end":
      closePart(run, event.part, event.finishReason, event);
      // The next request is on its way.
      run.requests += 1;
      break;
    case "run-end":
      closePart(run, currentPart(run), event.finishReason.raw, event);
      run.finishReason = event.finishReason;
      run.stoppedBy = event.stoppedBy ?? null;
      run.otherAnswers = event.otherAnswers ?? [];
      run.answered = event.answered ?? run.answered;
      finish(run, event, "finished");
      break;
    case "run-error":
      closePart(run, currentPart(run), null, event);
      run.failure = event.failure;
      run.answered = event.answered ?? run.answered;
      finish(run, event, "failed");
      break;
  }
}

function applyToken(run: RunState, event: TokenEvent): void {
  if (run.parts.at(-1)?.index !== event.part) {
    run.parts.push({ index: event.part, startToken: event.index, finishReason: null, note: null });
  }
  run.tokens.push(event);
  if (event.counts) run.tokenCount += 1;
  if (isAnswerText(event)) run.generatedText += event.text;
  if (hasRaw(event)) {
    run.rawLines.push(event);
    return;
  }
  // A line's further tokens come without it.
  const line = run.rawLines.at(-1);
  if (line === undefined) return;
  const { tokens, ...rest } = lineOf(line);
  if (rest.firstToken !== null) run.rawLines[run.rawLines.length - 1] = { ...rest, tokens: tokens + 1 };
}

function hasRaw(event: TokenEvent): event is TokenEvent & { raw: string } {
  return event.raw !== undefined;
}

type Closing = Extract<RunEvent, { type: "part-end" | "run-end" | "run-error" }>;

function closePart(run: RunState, part: number, reason: string | null, event: Closing): void {
  const note = noteOf(event);
  run.parts = run.parts.map((one) => (one.index === part ? { ...one, finishReason: reason, note } : one));
  for (const [position, raw] of (event.raw?.split("\n") ?? []).entries()) {
    const frames = position === 0 ? (event.frames ?? null) : null;
    const at = event.at ?? null;
    run.rawLines.push({ raw, at, part, malformed: false, frames, firstToken: null, tokens: 0 });
  }
  if (event.type === "run-error") return;
  if ((event.alternatives ?? []).length > 0) run.revision += 1;
  for (const { index, alternatives } of event.alternatives ?? []) {
    const token = run.tokens[index];
    if (token !== undefined) run.tokens[index] = { ...token, alternatives };
  }
}

function noteOf(event: Closing): string | null {
  if (event.type === "part-end") return event.note ?? null;
  return event.type === "run-end" ? (event.finishReason.note ?? null) : null;
}

function finish(
  run: RunState,
  event: { generatedText: string; requests?: number | undefined },
  status: "finished" | "failed",
): void {
  // The server may know the text better than the tokens say it, e.g. characters split over tokens.
  run.generatedText = event.generatedText;
  run.requests = event.requests ?? run.requests;
  // Who pressed Stop was told so already; that the stream then broke off is no news.
  if (run.status !== "stopped") run.status = status;
}

function currentPart(run: RunState): number {
  return run.parts.at(-1)?.index ?? 0;
}
