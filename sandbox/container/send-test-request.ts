import type { GenerationEvent, GenerationRequest } from "../engine/generation.ts";
import { answerInvocation } from "./answer-invocation.ts";
import { chooseContainer } from "./choose-container.ts";

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:";

type Answered = { status: number; type: string | null; text: string; asked: GenerationRequest[] };

/** Sends a body to a container whose engine answers every request with these events, and notes what it was asked. */
export async function sendTestRequest(
  tag: string,
  environment: Record<string, string>,
  body: unknown,
  events: readonly GenerationEvent[] = [tokenEvent("Hi", true)],
  streams = false,
): Promise<Answered> {
  const asked: GenerationRequest[] = [];
  const reply = await answerInvocation(
    chooseContainer(IMAGE + tag, environment),
    {
      contentType: "application/json",
      body: Buffer.from(JSON.stringify(body)),
      signal: new AbortController().signal,
      streams,
    },
    {
      async *generate(request) {
        asked.push(request);
        yield* events;
      },
      newId: () => "1",
      seconds: () => 1,
      newSeed: () => 99,
    },
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.chunks) chunks.push(chunk);
  return { status: reply.status, type: reply.contentType, text: Buffer.concat(chunks).toString(), asked };
}

/** A step of the test engine: token 5 with a log prob of -0.5. */
export function tokenEvent(text: string, last = false): GenerationEvent {
  const finish = last ? { reason: "length" as const, stop: null } : null;
  return {
    type: "token",
    token: { id: 5, text, bytes: [], logProb: -0.5 },
    delta: text,
    special: false,
    top: [],
    finish,
  };
}
