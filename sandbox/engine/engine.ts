import type { Reply } from "../container/reply.ts";
import type { Generate } from "./generation.ts";

/** What the engine says of itself. */
export type EngineStatus =
  | { state: "loading" }
  | { state: "ready"; model: string; contextSize: number | null; places: number }
  | { state: "unavailable"; reason: string };

/** An invocation as SageMaker hands it to a container, headers that it passes on included. */
export type Forwarded = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Another path of the same container than the one it is invoked by. */
  readonly path?: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
};

/** Hands an invocation to a container that answers it itself; its answer is not touched. */
type Forward = (invocation: Forwarded) => Promise<Reply>;

type Base = {
  /** Whether endpoints start also where the engine cannot answer; their prompts then say why. */
  readonly isOptional: boolean;
  status(): EngineStatus;
  /** Starts or calls the engine and settles its status: ready, or unavailable with the reason. */
  probe(): Promise<void>;
  /** Generations that hold a place in the model, and those that wait for one. */
  load(): { running: number; waiting: number };
  stop(): void;
};

/** A language model behind a queue. */
export type TokenEngine = Base & { readonly answers: "tokens"; readonly generate: Generate };

/** A whole container: request and answer pass through it as they are. */
export type ContainerEngine = Base & { readonly answers: "bodies"; readonly forward: Forward };

export type Engine = TokenEngine | ContainerEngine;

/** An engine that cannot answer, with the sentence that says why. */
export function unavailableEngine(reason: string, isOptional = false): TokenEngine {
  return {
    answers: "tokens",
    isOptional,
    async *generate() {
      yield { type: "failed", message: reason, reason: "unavailable" };
    },
    status: () => ({ state: "unavailable", reason }),
    probe: async () => undefined,
    load: () => ({ running: 0, waiting: 0 }),
    stop() {},
  };
}
