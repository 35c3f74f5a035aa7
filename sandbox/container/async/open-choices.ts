import type { GenerationRequest } from "../../engine/generation.ts";
import { passEach } from "../../pass-each.ts";
import { applyStops } from "../apply-stops.ts";
import {
  type FailedEvent,
  openGeneration,
  type PromptEvent,
  type TokenEvent,
  type TooLongEvent,
} from "../open-generation.ts";
import type { Surroundings } from "../reply.ts";
import type { Sampling } from "./completion-parameters.ts";

export type ChoiceEvent = { index: number; event: TokenEvent | FailedEvent };

export type OpenedChoices =
  | { kind: "started"; prompt: PromptEvent; events: AsyncIterable<ChoiceEvent> }
  | { kind: "refused"; cause: FailedEvent | TooLongEvent };

/** Starts every choice of a request (`n`) and mixes their tokens as they come; seeds count up from the first. */
export async function openChoices(
  surroundings: Surroundings,
  request: GenerationRequest,
  { stops, include, choices }: Omit<Sampling, "generation">,
  signal: AbortSignal,
): Promise<OpenedChoices> {
  const opening = Array.from({ length: choices }, (_, index) =>
    openGeneration(surroundings.generate, { ...request, seed: request.seed + index }, signal),
  );
  const started: AsyncIterator<TokenEvent | FailedEvent>[] = [];
  let prompt: PromptEvent | undefined;
  let refused: FailedEvent | TooLongEvent | undefined;
  // A status can be chosen only when every choice has begun or one was refused.
  for (const one of await Promise.all(opening)) {
    if (one.kind === "refused") {
      refused = one.cause;
    } else {
      prompt ??= one.prompt;
      started.push(applyStops(one.events, { stops, include, holdBack: true })[Symbol.asyncIterator]());
    }
  }
  if (refused !== undefined || prompt === undefined) {
    // A stream that was opened and is never read would hold its place in the engine.
    for (const iterator of started) await discard(iterator);
    return { kind: "refused", cause: refused ?? { type: "failed", message: "no choices", reason: "engine" } };
  }
  const [only] = started;
  const events = started.length === 1 && only !== undefined ? alone(only) : mix(started);
  return { kind: "started", prompt, events };
}

/** The usual request has one choice, which nothing has to be mixed with. */
function alone(iterator: AsyncIterator<TokenEvent | FailedEvent>): AsyncIterable<ChoiceEvent> {
  const events = { [Symbol.asyncIterator]: () => iterator };
  return passEach(events, { each: (event) => ({ index: 0, event }) });
}

async function* mix(
  iterators: readonly AsyncIterator<TokenEvent | FailedEvent>[],
): AsyncGenerator<ChoiceEvent> {
  const waiting = new Map(iterators.map((iterator, index) => [index, next(iterator, index)] as const));
  try {
    while (waiting.size > 0) {
      const { index, step, iterator } = await Promise.race(waiting.values());
      waiting.delete(index);
      if (step.done !== true) {
        // Behind the others: where all have something ready, they take turns.
        waiting.set(index, next(iterator, index));
        yield { index, event: step.value };
      }
    }
  } finally {
    for (const iterator of iterators) void iterator.return?.();
  }
}

async function next(iterator: AsyncIterator<TokenEvent | FailedEvent>, index: number) {
  return { index, iterator, step: await iterator.next() };
}

async function discard(iterator: AsyncIterator<TokenEvent | FailedEvent>): Promise<void> {
  // A generator that has not begun skips its own clean-up, so it is begun first.
  await iterator.next();
  await iterator.return?.();
}
