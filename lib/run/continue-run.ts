import type { Failure } from "#lib/failure.ts";
import { type Invoke, invokePart, NO_OUTCOME, type PartOutcome } from "#lib/run/invoke-part.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { FinishReason, RunEvent } from "#lib/run/run-event.ts";
import { trimRepeats } from "#lib/run/trim-repeats.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";
import { type RenderedRequest, renderRequest } from "#lib/wire/render-request.ts";
import { readsVllmChat } from "#lib/wire/request-reader.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

/** How much one part asks for under auto-continue when the request says nothing: containers' own limits differ. */
export const TOKENS_OF_A_PART = 256;

export type RunOptions = {
  runId: string;
  request: InvokeRequest;
  dialect: RequestDialect;
  facts: WireFacts;
  /** Epoch ms, for people; `now` is the monotonic clock (ms) that stamps are taken from. */
  startedAt: number;
  now: () => number;
  invoke: Invoke;
  /** Aborts the request that is under way, in whatever part. */
  signal: AbortSignal;
  /** Turns whatever the source of bytes throws into words for a person. */
  describeError: (error: unknown) => Failure;
};

/** `given` is what of the answer was there before this run, `text` what the run has added. */
type RunSoFar = { given: string; text: string; tokens: number; steps: number; requests: number };

/**
 * One run: `run-start`, tokens, a `part-end` between parts, and exactly one `run-end` or `run-error`, last. `at` is
 * in ms since the first request was sent. Never throws for what containers or networks do.
 *
 * Under auto-continue, an answer cut by its length is sent back as the end of the next prompt, until the model
 * ends by itself or a limit is met. Only text of the answer is sent back, never that of special tokens: `</s>`
 * typed out is not the token. What a part repeats of the end of the answer before it is taken off (`trimRepeats`).
 */
export async function* invokeRun(options: RunOptions): AsyncGenerator<RunEvent> {
  const { request, dialect, now, signal } = options;
  const began = now();
  const elapsed = () => now() - began;
  const given = request.answerSoFar ?? "";
  const soFar: RunSoFar = { given, text: "", tokens: 0, steps: 0, requests: 0 };
  let index = 0;

  while (true) {
    const limit = limitOfPart(request, soFar);
    const answer = soFar.given + soFar.text;
    const { body, leftOut } = renderPart(options, answer, limit);
    if (soFar.requests === 0) {
      const { runId, startedAt } = options;
      const { endpointName } = request;
      const told = leftOut.length === 0 ? {} : { leftOut };
      yield { type: "run-start", runId, endpointName, startedAt, dialect, requestBody: body, ...told };
    }
    const part = soFar.requests;
    soFar.requests += 1;
    const wholePart = invokePart({
      part,
      body,
      startIndex: index,
      prompt: dialect === "chat" ? "" : (request.prompt ?? "") + answer,
      echoesPrompt: echoesPrompt(options),
      limit: request.readAs === "text" ? null : limit,
      readsText: request.readAs === "text",
      stopSequences: request.parameters.stopSequences ?? [],
      invoke: options.invoke,
      elapsed,
      signal,
      describeError: (error) => (signal.aborted ? STOPPED : options.describeError(error)),
    });
    const partEvents = trimRepeats(wholePart, answer);
    let step = await partEvents.next();
    try {
      while (!step.done) {
        if (step.value.type === "token") index += 1;
        yield step.value;
        step = await partEvents.next();
      }
    } finally {
      // Whoever reads us may leave in the middle; the request must not outlive that.
      if (!step.done) await partEvents.return(NO_OUTCOME);
    }
    const outcome = step.value;
    soFar.text += outcome.text;
    soFar.tokens += outcome.tokens;
    soFar.steps += outcome.steps;
    const next = decide(options, soFar, outcome);
    if (next.type !== "continue") {
      yield closeRun(next, soFar, outcome);
      return;
    }
    const { at, raw, frames, finishReason, alternatives } = outcome;
    yield {
      type: "part-end",
      part,
      finishReason: finishReason.raw,
      ...(finishReason.note === undefined ? {} : { note: finishReason.note }),
      at,
      ...(raw === null ? {} : { raw }),
      ...(frames === null ? {} : { frames }),
      ...(alternatives.length === 0 ? {} : { alternatives }),
    };
    // Stop may come while the reader holds the end of a part: nothing more is asked.
    if (signal.aborted) {
      yield closeRun({ type: "fail", failure: STOPPED }, soFar, { ...outcome, raw: null, frames: null });
      return;
    }
  }
}

const STOPPED: Failure = { code: "interrupted", message: "The run was stopped." };

type Decision =
  | { type: "continue" }
  | { type: "fail"; failure: Failure }
  | { type: "end"; finishReason: FinishReason; stoppedBy?: "max-requests" | "max-tokens" };

function decide({ request, dialect, facts }: RunOptions, soFar: RunSoFar, part: PartOutcome): Decision {
  const { finishReason } = part;
  // An answer that was complete when Stop came is complete.
  if (part.failure !== null) return { type: "fail", failure: part.failure };
  if (request.autoContinue === undefined || finishReason.kind !== "length")
    return { type: "end", finishReason };
  if (part.text === "") {
    return endWithNote(finishReason, "Continuing brought no new text, so it was not asked again.");
  }
  if (dialect === "chat" && !readsVllmChat(facts)) {
    return endWithNote(finishReason, "This container cannot take up a chat answer where it was cut.");
  }
  if (soFar.requests >= request.autoContinue.maxRequests) {
    return { type: "end", finishReason, stoppedBy: "max-requests" };
  }
  if (soFar.steps >= request.autoContinue.maxTokens) {
    return { type: "end", finishReason, stoppedBy: "max-tokens" };
  }
  return { type: "continue" };
}

function endWithNote(finishReason: FinishReason, note: string): Decision {
  return { type: "end", finishReason: { ...finishReason, note } };
}

function closeRun(
  decision: Exclude<Decision, { type: "continue" }>,
  soFar: RunSoFar,
  part: PartOutcome,
): RunEvent {
  const closing = {
    generatedText: soFar.text,
    tokens: soFar.tokens,
    requests: soFar.requests,
    at: part.at,
    ...(part.answered === null ? {} : { answered: part.answered }),
    ...(part.raw === null ? {} : { raw: part.raw }),
    ...(part.frames === null ? {} : { frames: part.frames }),
  };
  if (decision.type === "fail") return { type: "run-error", failure: decision.failure, ...closing };
  return {
    type: "run-end",
    finishReason: decision.finishReason,
    ...closing,
    ...(decision.stoppedBy === undefined ? {} : { stoppedBy: decision.stoppedBy }),
    ...(part.alternatives.length === 0 ? {} : { alternatives: part.alternatives }),
    ...(part.otherAnswers.length === 0 ? {} : { otherAnswers: part.otherAnswers }),
  };
}

function echoesPrompt({ request, dialect, facts }: RunOptions): boolean {
  return dialect === "bedrock" || facts.mode === "dynamic" || request.parameters.returnFullText === true;
}

/** Never asks for more than is left. Steps, not shown tokens, are what the container counts. */
function limitOfPart({ parameters, autoContinue }: InvokeRequest, soFar: RunSoFar): number | null {
  if (autoContinue === undefined) return parameters.maxNewTokens ?? null;
  return Math.min(parameters.maxNewTokens ?? TOKENS_OF_A_PART, autoContinue.maxTokens - soFar.steps);
}

function renderPart(
  { request, dialect, facts }: RunOptions,
  answer: string,
  limit: number | null,
): RenderedRequest {
  const messages = request.messages ?? [{ role: "user" as const, content: request.prompt ?? "" }];
  const continuesLastMessage = answer !== "";
  return renderRequest({
    dialect,
    facts,
    prompt: (request.prompt ?? "") + answer,
    messages: continuesLastMessage ? [...messages, { role: "assistant", content: answer }] : messages,
    parameters: { ...request.parameters, maxNewTokens: limit ?? undefined },
    stream: request.stream ?? true,
    extra: request.extraParameters,
    continuesLastMessage,
  });
}
