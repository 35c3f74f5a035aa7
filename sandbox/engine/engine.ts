import type { Generate } from "./generation.ts";

/** What the engine says of itself. */
export type EngineStatus =
  | { state: "loading" }
  | { state: "ready"; model: string; contextSize: number; places: number }
  | { state: "unavailable"; reason: string };

/** A language model behind a queue. */
export type Engine = {
  generate: Generate;
  status(): EngineStatus;
  /** Generations that hold a place in the model, and those that wait for one. */
  load(): { running: number; waiting: number };
  stop(): void;
};

/** An engine that cannot answer, with the sentence that says why. */
export function unavailableEngine(reason: string): Engine {
  return {
    async *generate() {
      yield { type: "failed", message: reason, reason: "unavailable" };
    },
    status: () => ({ state: "unavailable", reason }),
    load: () => ({ running: 0, waiting: 0 }),
    stop() {},
  };
}
