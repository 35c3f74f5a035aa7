import { openChoices } from "../async/open-choices.ts";
import type { PromptEvent } from "../open-generation.ts";
import { type Reply, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import { contentTypeOf } from "./choose-formatter.ts";
import { failureReply, failureText } from "./failures.ts";
import type { Sending } from "./send-steps.ts";
import { type Step, stepsOf } from "./steps.ts";

/** Runs several sequences of one prompt and sends them in one document (`n`, `best_of`; lmi-wire 4.2). */
export async function sendSequences(
  { container, formatter, request, surroundings, signal }: Sending,
  write: (sequences: readonly (readonly Step[])[], prompt: PromptEvent) => string,
): Promise<Reply> {
  const contentType = contentTypeOf(container, formatter);
  const sampling = { stops: request.stops, include: false, choices: request.sequences };
  const opened = await openChoices(surroundings, request.generation, sampling, signal);
  if (opened.kind === "refused") {
    const message = opened.cause.type === "failed" ? opened.cause.message : "the prompt is too long";
    return unavailableReply(opened.cause) ?? failureReply(container, contentType, message, true);
  }
  const sequences: Step[][] = Array.from({ length: request.sequences }, () => []);
  for await (const { index, event } of opened.events) {
    for await (const step of stepsOf(container, one(event))) {
      if (step.kind === "failed") {
        return wholeReply(424, contentType, failureText(container, step.message));
      }
      sequences[index]?.push(step);
    }
  }
  return wholeReply(200, contentType, write(sequences, opened.prompt));
}

async function* one<Event>(event: Event): AsyncGenerator<Event> {
  yield event;
}
