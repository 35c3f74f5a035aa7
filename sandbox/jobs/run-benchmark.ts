import type { JsonObject } from "../json.ts";
import { createRandom } from "../random.ts";
import type { BenchmarkPlan } from "./benchmark-plan.ts";
import type { ChatAnswer } from "./read-chat-answer.ts";

/** One request as it was measured; moments in milliseconds of a clock that only goes forward. */
export type Sample = {
  readonly id: string;
  readonly body: JsonObject;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly answer: ChatAnswer;
};

type Effects = {
  readonly ask: (body: JsonObject, index: number) => Promise<ChatAnswer>;
  readonly ticks: () => number;
  readonly signal: AbortSignal;
  readonly seed: number;
};

const WORDS =
  "the river carried small boats past a quiet town where people met each morning to trade bread salt and news from far away".split(
    " ",
  );

/** Sends the plan's requests, as many at once as it says, and measures every answer. Ends early with the signal. */
export async function runBenchmark(plan: BenchmarkPlan, effects: Effects): Promise<Sample[]> {
  const random = createRandom(plan.random_seed ?? effects.seed);
  const bodies = Array.from({ length: plan.request_count }, () => bodyOf(plan, random));
  const samples: Sample[] = [];
  let next = 0;

  async function work(): Promise<void> {
    while (next < bodies.length && !effects.signal.aborted) {
      const index = next;
      next += 1;
      const body = bodies[index] ?? {};
      const startedAt = effects.ticks();
      const answer = await effects.ask(body, index);
      samples.push({ id: `session_${index}`, body, startedAt, endedAt: effects.ticks(), answer });
    }
  }

  await Promise.all(Array.from({ length: Math.min(plan.concurrency, bodies.length) }, work));
  return samples;
}

function bodyOf(plan: BenchmarkPlan, random: () => number): JsonObject {
  const length = draw(plan.prompt_input_tokens_mean, plan.prompt_input_tokens_stddev, random);
  // A word is a token or a little more; what it really was the container says.
  const content = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
  return {
    messages: [{ role: "user", content }],
    max_tokens: draw(plan.output_tokens_mean, plan.output_tokens_stddev, random),
    stream: plan.streaming,
    ...(plan.streaming ? { stream_options: { include_usage: true } } : {}),
    ...plan.extra,
  };
}

/** A normal number (Box and Muller), whole and at least one. */
function draw(mean: number, deviation: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round(mean + deviation * normal));
}
