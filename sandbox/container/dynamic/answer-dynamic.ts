import type { Container } from "../choose-container.ts";
import { type FailedEvent, openGeneration, type TooLongEvent } from "../open-generation.ts";
import { dumpPython, fields } from "../python-json.ts";
import { encodeTexts, type Invocation, type Reply, type Surroundings, wholeReply } from "../reply.ts";
import { unavailableReply } from "../unavailable.ts";
import { readDynamic } from "./read-dynamic.ts";
import { writeGenerated } from "./write-generated.ts";
import { type Events, writeOutputs } from "./write-outputs.ts";

type Dynamic = Extract<Container, { family: "dynamic" }>;

/** Answers as LMI with rolling batch off does; the server alone decides whether it streams (lmi-wire 4.7). */
export async function answerDynamic(
  container: Dynamic,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const read = readDynamic(invocation, surroundings.newSeed());
  if (read.kind === "invalid") return failureReply(container, read.message);
  const prompts: Events[] = [];
  let refused: FailedEvent | TooLongEvent | undefined;
  const opening = read.requests.map((request) =>
    openGeneration(surroundings.generate, request, invocation.signal),
  );
  for (const opened of await Promise.all(opening)) {
    if (opened.kind === "refused") refused = opened.cause;
    else prompts.push(opened.events);
  }
  if (refused !== undefined) {
    // A generation that was opened and is never read would hold its place in the engine.
    for (const events of prompts) await discard(events);
    const message = refused.type === "failed" ? refused.message : "the prompt is too long";
    return unavailableReply(refused) ?? failureReply(container, message);
  }
  if (container.streaming) {
    const chunks = encodeTexts(writeOutputs(prompts));
    return { status: 200, contentType: "application/jsonlines", chunks };
  }
  const answers: string[] = [];
  const ends = await Promise.all(prompts.map(collect));
  for (const [index, end] of ends.entries()) {
    if (end.kind === "failed") return failureReply(container, end.message);
    // Hugging Face's pipeline puts the prompt in front.
    answers.push((read.requests[index]?.prompt ?? "") + end.text);
  }
  return wholeReply(200, "application/json", writeGenerated(answers));
}

type End = { kind: "text"; text: string } | { kind: "failed"; message: string };

async function collect(events: Events): Promise<End> {
  let text = "";
  for await (const event of events) {
    if (event.type === "failed") return { kind: "failed", message: event.message };
    text += event.special ? "" : event.delta;
  }
  return { kind: "text", text };
}

function failureReply({ minor }: Dynamic, error: string): Reply {
  const message = minor >= 31 ? "invoke handler failure" : "prediction failure";
  return wholeReply(424, "application/json", dumpPython(fields({ code: 424, message, error })));
}

async function discard(events: Events): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  // A generator that has not begun skips its own clean-up, so it is begun first.
  await iterator.next();
  await iterator.return?.();
}
