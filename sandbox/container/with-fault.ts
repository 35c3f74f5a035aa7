import type { Generate, GenerationEvent } from "../engine/generation.ts";
import { createPause } from "../engine/scripted-generation.ts";
import type { Fault } from "../faults/faults.ts";

const TOKENS_BEFORE = 5;
const SLOW_MS = 400;
const CRASH = "EngineCore encountered an issue. See stack trace (above) for the root cause.";

/** The engine with a fault in it: how a container passes it on is the container's own affair. */
export function withFault(generate: Generate, fault: Fault | undefined): Generate {
  switch (fault) {
    case "error-before":
      return failAtOnce;
    case "oom":
      return runOutOfMemory;
    case "error-midstream":
      return (request, signal) => failAfter(generate(request, signal));
    case "stall":
    case "out-of-time":
      return (request, signal) => stallAfter(generate(request, signal), signal);
    case "slow":
      return (request, signal) => slowDown(generate(request, signal), signal);
    default:
      return generate;
  }
}

async function* failAtOnce(): AsyncGenerator<GenerationEvent> {
  yield { type: "failed", message: CRASH, reason: "engine" };
}

async function* runOutOfMemory(): AsyncGenerator<GenerationEvent> {
  yield { type: "failed", message: "No enough memory to load the model.", reason: "out-of-memory" };
}

async function* failAfter(events: AsyncIterable<GenerationEvent>): AsyncGenerator<GenerationEvent> {
  let tokens = 0;
  for await (const event of events) {
    // The last token would end the answer, so a short answer fails in its place.
    if (event.type === "token" && (tokens === TOKENS_BEFORE || (event.finish !== null && tokens > 0))) break;
    tokens += event.type === "token" ? 1 : 0;
    yield event;
  }
  yield { type: "failed", message: CRASH, reason: "engine" };
}

async function* stallAfter(
  events: AsyncIterable<GenerationEvent>,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  let tokens = 0;
  for await (const event of events) {
    // A finished answer would not stall, so a short one stalls before its last token.
    if (event.type === "token" && (tokens === TOKENS_BEFORE || event.finish !== null)) break;
    tokens += event.type === "token" ? 1 : 0;
    yield event;
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function* slowDown(
  events: AsyncIterable<GenerationEvent>,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent> {
  const pause = createPause(signal);
  for await (const event of events) {
    if (event.type === "token") await pause.until(performance.now() + SLOW_MS);
    yield event;
  }
}
