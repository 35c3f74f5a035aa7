import { z } from "zod";
import type { Candidate, GenerationEvent } from "./generation.ts";
import { sleepUntil } from "./sleep-until.ts";

// JSON has no word for these; they are what a container does with them that a script wants to see.
const logProbSchema = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);
const candidateSchema = z.object({ id: z.number().int(), text: z.string(), logProb: logProbSchema });
const candidatesSchema = z.array(candidateSchema.transform(candidate)).default([]);

/** A generation written down: what the next invocations answer instead of the model. Delays in milliseconds. */
export const scriptSchema = z.object({
  tokens: z.array(
    candidateSchema
      .extend({
        special: z.boolean().default(false),
        top: candidatesSchema,
        delayMs: z.number().min(0).max(60_000).optional(),
      })
      // Here and not while it plays: hundreds of streams may play one script.
      .transform(({ id, text, logProb, ...rest }) => ({ token: candidate({ id, text, logProb }), ...rest })),
  ),
  finish: z.enum(["length", "eos", "stop"]).default("length"),
  stop: z.union([z.string(), z.number()]).nullable().default(null),
  promptTokens: z.number().int().min(0).default(5),
  prefill: z
    .array(z.object({ id: z.number().int(), text: z.string(), logProb: logProbSchema.nullable() }))
    .default([]),
  delayMs: z.number().min(0).max(60_000).default(0),
  /** The engine fails after the tokens, with this message. */
  failure: z.string().optional(),
  /** Fixed values for the ids and times a container makes up: `cmpl-…`, `created`. */
  responseId: z.string().optional(),
  created: z.number().int().optional(),
});

export type Script = z.infer<typeof scriptSchema>;

/** Plays a script as the engine would; ends early when the signal aborts. */
export async function* playScript(script: Script, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
  yield {
    type: "prompt",
    count: script.promptTokens,
    // A script says how long its prompt is, not what was in it.
    ids: Array.from({ length: script.promptTokens }, (_, index) => index),
    tokens: script.prefill.map((token) => ({ ...token, bytes: [...Buffer.from(token.text)] })),
  };
  // By the clock and not by the last token: delays of their own would add up.
  let due = performance.now();
  const pause = createPause(signal);
  for (const [index, { token, special, top, delayMs }] of script.tokens.entries()) {
    due += delayMs ?? script.delayMs;
    if (due > performance.now()) await pause.until(due);
    if (pause.isOver()) return;
    // A failing script has no last token: the failure comes in its place.
    const last = index === script.tokens.length - 1 && script.failure === undefined;
    yield {
      type: "token",
      token,
      delta: token.text,
      special,
      top,
      finish: last ? { reason: script.finish, stop: script.stop } : null,
    };
  }
  if (script.failure !== undefined) {
    yield { type: "failed", message: script.failure, reason: "engine" };
  }
}

type Pause = {
  /** Waits until a moment of `performance.now()`, less long where the signal aborts. */
  until(moment: number): Promise<void>;
  /** Whether the signal aborted. */
  isOver(): boolean;
};

/** Waits until one moment after the other. It listens to the signal once: asking it for each token costs more. */
export function createPause(signal: AbortSignal): Pause {
  let isOver = signal.aborted;
  let callOff: (() => void) | undefined;
  let finish: (() => void) | undefined;
  signal.addEventListener("abort", () => {
    isOver = true;
    callOff?.();
    finish?.();
  });
  return {
    isOver: () => isOver,
    until: (moment) =>
      new Promise((resolve) => {
        if (isOver) return resolve();
        finish = resolve;
        callOff = sleepUntil(moment, resolve);
      }),
  };
}

function candidate(token: { id: number; text: string; logProb: number }): Candidate {
  return { ...token, bytes: [...Buffer.from(token.text)] };
}
