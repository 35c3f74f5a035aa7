import { applyStops } from "../apply-stops.ts";
import { openGeneration, type PromptEvent } from "../open-generation.ts";
import { encodeTexts, type Reply, type Surroundings, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import type { Steps } from "./answer-parts.ts";
import { contentTypeOf, type Formatter } from "./choose-formatter.ts";
import { failureReply, failureText } from "./failures.ts";
import type { RollingRequest } from "./read-request.ts";
import { type FailedStep, failedStep, type Rolling, type Step, stepsOf } from "./steps.ts";

/** How a formatter writes: as the steps come, or once when all are there. */
export type Writer =
  | { kind: "stream"; write: (steps: Steps, prompt: PromptEvent) => AsyncIterable<string> }
  | { kind: "whole"; write: (steps: readonly Step[], prompt: PromptEvent) => string };

export type Sending = {
  readonly container: Rolling;
  readonly formatter: Formatter;
  readonly request: RollingRequest;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
};

const NO_PROMPT: PromptEvent = { type: "prompt", tokens: [], count: 0, ids: [] };

/** Runs one sequence and sends it through a formatter; what fails before the first byte can still be a status. */
export async function sendSteps(sending: Sending, writer: Writer): Promise<Reply> {
  const { container, request, surroundings, signal } = sending;
  const contentType = contentTypeOf(container, sending.formatter);
  const whole = writer.kind === "whole";
  const opened = await openGeneration(surroundings.generate, request.generation, signal);
  if (opened.kind === "refused") {
    const message = opened.cause.type === "failed" ? opened.cause.message : "the prompt is too long";
    const unavailable = unavailableReply(opened.cause);
    if (unavailable !== undefined) return unavailable;
    if (container.minor !== 28 || whole) return failureReply(container, contentType, message, whole);
    const chunks = encodeTexts(writer.write(only(failedStep(container, message)), NO_PROMPT));
    return { status: 200, contentType, chunks };
  }
  const stops = { stops: request.stops, include: false, holdBack: true };
  const steps = stepsOf(container, applyStops(opened.events, stops));
  if (!whole) {
    return { status: 200, contentType, chunks: encodeTexts(writer.write(steps, opened.prompt)) };
  }
  const all: Step[] = [];
  for await (const step of steps) {
    if (step.kind === "failed") {
      return wholeReply(424, contentType, failureText(container, step.message));
    }
    all.push(step);
  }
  return wholeReply(200, contentType, writer.write(all, opened.prompt));
}

async function* only(step: Step | FailedStep): AsyncGenerator<Step | FailedStep> {
  yield step;
}
