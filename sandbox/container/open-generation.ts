import type { Generate, GenerationEvent, GenerationRequest } from "../engine/generation.ts";
import { passEach } from "../pass-each.ts";

export type PromptEvent = Extract<GenerationEvent, { type: "prompt" }>;
export type TokenEvent = Extract<GenerationEvent, { type: "token" }>;
export type FailedEvent = Extract<GenerationEvent, { type: "failed" }>;
export type TooLongEvent = Extract<GenerationEvent, { type: "too-long" }>;

/** A generation that has its first token, or the reason why it will never have one. */
export type Opened =
  | { kind: "started"; prompt: PromptEvent; events: AsyncIterable<TokenEvent | FailedEvent> }
  | { kind: "refused"; cause: FailedEvent | TooLongEvent };

const NO_PROMPT: PromptEvent = { type: "prompt", tokens: [], count: 0, ids: [] };

/**
 * Waits for the first token, since a container chooses its status only then: whatever fails earlier can
 * still be an error status, whatever fails later is part of the body.
 */
export async function openGeneration(
  generate: Generate,
  request: GenerationRequest,
  signal: AbortSignal,
): Promise<Opened> {
  const iterator = generate(request, signal)[Symbol.asyncIterator]();
  // An engine says what it read before it says anything new.
  let prompt = NO_PROMPT;
  for (;;) {
    const step = await iterator.next();
    if (step.done === true) {
      return { kind: "started", prompt, events: nothing() };
    }
    const event = step.value;
    if (event.type === "prompt") {
      prompt = event;
    } else if (event.type === "token") {
      return { kind: "started", prompt, events: continueFrom(event, iterator) };
    } else {
      await iterator.return?.();
      return { kind: "refused", cause: event };
    }
  }
}

async function* nothing(): AsyncGenerator<TokenEvent | FailedEvent> {}

function continueFrom(
  first: TokenEvent,
  rest: AsyncIterator<GenerationEvent>,
): AsyncIterable<TokenEvent | FailedEvent> {
  let isFirst = true;
  function next(): Promise<IteratorResult<GenerationEvent>> {
    if (!isFirst) return rest.next();
    isFirst = false;
    return Promise.resolve({ done: false, value: first });
  }
  // Where the reader stops early: the engine must not go on for nobody.
  async function end(): Promise<IteratorResult<GenerationEvent>> {
    await rest.return?.();
    return { done: true, value: undefined };
  }
  const events = { [Symbol.asyncIterator]: () => ({ next, return: end }) };
  return passEach(events, {
    each: (event) => (event.type === "token" || event.type === "failed" ? event : undefined),
  });
}
