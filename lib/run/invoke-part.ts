import type { Failure, Result } from "#lib/failure.ts";
import { chooseAnswerText, isAnswerText } from "#lib/run/answer-text.ts";
import { classifyFinish } from "#lib/run/finish-kind.ts";
import { recordRun } from "#lib/run/record-run.ts";
import type { FinishReason, RunEvent } from "#lib/run/run-event.ts";
import type { StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";

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
  limit: number | null;
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
  raw: string | null;
  at: number;
};

type StreamEnd = Extract<StreamEvent, { type: "end" }>;

/** One request from its first byte to its last: token and malformed events on the way, the outcome as the return. */
export async function* invokePart(options: PartOptions): AsyncGenerator<RunEvent, PartOutcome> {
  const { part, elapsed, signal, describeError, startIndex } = options;
  let index = startIndex;
  let tokens = 0;
  let pieces = "";
  let shown = "";
  let outputTokens = 0;
  let hasGaps = false;
  let end: StreamEnd | null = null;
  let failure: Failure | null = null;

  const opened = await open(options);
  if (!opened.ok) return finish(opened.failure);

  for await (const { at, event } of recordRun({
    bytes: opened.value.bytes,
    now: elapsed,
    signal,
    describeError,
  })) {
    switch (event.type) {
      case "token":
        yield { ...event, type: "token", index, part, at };
        index += 1;
        if (event.counts) tokens += 1;
        if (isAnswerText(event)) pieces += event.text;
        shown += event.text;
        break;
      case "malformed":
        hasGaps = true;
        yield { type: "malformed", raw: event.raw, part, at };
        break;
      case "end":
        end = mergeEnds(end, event);
        break;
      case "usage":
        outputTokens = Math.max(outputTokens, event.outputTokens ?? 0);
        break;
      case "error":
        failure = describeModelError(event);
        break;
      case "interrupted":
        failure ??= event.failure;
        break;
    }
  }
  return finish(failure);

  function finish(reason: Failure | null): PartOutcome {
    const steps = Math.max(index - startIndex, outputTokens);
    const alternatives = (end?.topTokens ?? []).map((list, place) => ({
      index: startIndex + place,
      alternatives: list,
    }));
    return {
      text: chooseAnswerText(pieces, end?.generatedText ?? null, options.prompt, hasGaps),
      tokens,
      steps,
      finishReason: classifyFinish({
        ended: end !== null,
        raw: end?.rawReason ?? null,
        stopReason: end?.stopReason,
        stopSequences: options.stopSequences,
        text: shown,
        steps,
        limit: options.limit,
      }),
      failure: reason,
      alternatives,
      raw: end?.raw ?? null,
      at: elapsed(),
    };
  }
}

async function open({ invoke, body, signal, describeError }: PartOptions): ReturnType<Invoke> {
  try {
    return await invoke(body, signal);
  } catch (error) {
    return { ok: false, failure: describeError(error) };
  }
}

/**
 * Rolling chat ends the answer once for each token of the last step. The last end holds the whole text; a reason
 * said once stays said.
 */
function mergeEnds(earlier: StreamEnd | null, later: StreamEnd): StreamEnd {
  return { ...earlier, ...later, rawReason: later.rawReason ?? earlier?.rawReason ?? null };
}

function describeModelError(event: { message: string; code: number | string | null }): Failure {
  const failure: Failure = {
    code: "model-error",
    message:
      event.code === null
        ? "The container stopped with an error inside its answer."
        : `The container stopped with error ${event.code} inside its answer.`,
    hint: "What had arrived is kept. The endpoint's CloudWatch log has the whole story.",
  };
  // Releases up to 0.27 send an empty text.
  return event.message === "" ? failure : { ...failure, detail: event.message };
}
