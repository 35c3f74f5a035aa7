import { type ChildProcess, fork } from "node:child_process";
import type { EngineStatus, TokenEngine } from "./engine.ts";
import type { GenerationEvent, GenerationRequest } from "./generation.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import type { FromEngine, ToEngine } from "./messages.ts";
import { createPlaces } from "./places.ts";

export type EngineSettings = {
  /** The program that, started with `--run-engine` and the model's path, becomes the engine. */
  readonly program: string;
  /** Node's own flags for it, such as the loader that reads TypeScript. */
  readonly flags: readonly string[];
  readonly modelPath: string;
  readonly isOptional: boolean;
  readonly places: number;
  readonly waiting: number;
  readonly log: (line: string) => void;
};

type Generation = { readonly inbox: Inbox<GenerationEvent>; readonly leave: () => void };

/**
 * The language model in a process of its own, so that its work never delays an answer of the server.
 * The process begins with `probe`, or with the first prompt.
 */
export function forkEngine(settings: EngineSettings): TokenEngine {
  const places = createPlaces(settings.places, settings.waiting);
  const running = new Map<number, Generation>();
  let status: EngineStatus = { state: "loading" };
  let child: ChildProcess | undefined;
  let stopping = false;
  let lastId = 0;
  let settled: (() => void)[] = [];

  function settleStatus(next: EngineStatus): void {
    status = next;
    for (const tell of settled) tell();
    settled = [];
  }

  function send(message: ToEngine): void {
    if (child?.connected === true) child.send(message);
  }

  function hear(message: FromEngine): void {
    switch (message.type) {
      case "ready":
        settleStatus({
          state: "ready",
          model: message.model,
          contextSize: message.contextSize,
          places: message.places,
        });
        return;
      case "unavailable":
        settleStatus({ state: "unavailable", reason: message.reason });
        failAll(message.reason, "unavailable");
        return;
      case "event":
        running.get(message.id)?.inbox.push(message.event);
        return;
      case "ended":
        settle(message.id);
    }
  }

  // The place is free when the engine says so, whether or not anybody reads: one reader may wait for
  // several generations at once, which would otherwise keep each other out.
  function settle(id: number): void {
    const generation = running.get(id);
    running.delete(id);
    generation?.inbox.close();
    generation?.leave();
  }

  // Whoever waits is told at once, instead of at SageMaker's time limit.
  function failAll(message: string, reason: "engine" | "unavailable"): void {
    for (const [id, { inbox }] of running) {
      inbox.push({ type: "failed", message, reason });
      settle(id);
    }
  }

  function start(): void {
    const started = fork(settings.program, ["--run-engine", settings.modelPath], {
      execArgv: [...settings.flags],
      // Stdout belongs to the server's one line.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child = started;
    status = { state: "loading" };
    started.on("message", hear);
    started.on("exit", (code, killer) => {
      child = undefined;
      if (stopping) return;
      if (status.state === "unavailable") {
        // Whoever asked while it was on its way out.
        settleStatus(status);
      } else {
        settleStatus({ state: "loading" });
        settings.log(`engine ended unexpectedly (${killer ?? code}); the next prompt starts it again`);
      }
      failAll("The engine's process ended unexpectedly.", "engine");
    });
  }

  async function* generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const leave = await places.enter(signal);
    if (leave === "left") return;
    if (leave === "busy") {
      yield { type: "failed", message: "The queue is full.", reason: "busy" };
      return;
    }
    if (status.state === "unavailable") {
      leave();
      yield { type: "failed", message: status.reason, reason: "unavailable" };
      return;
    }
    // After a crash the next prompt pays for the restart, and nobody else.
    if (child === undefined) start();
    lastId += 1;
    const id = lastId;
    const inbox = createInbox<GenerationEvent>();
    running.set(id, { inbox, leave });
    function cancel(): void {
      send({ type: "cancel", id });
    }
    signal.addEventListener("abort", cancel, { once: true });
    send({ type: "generate", id, request });
    // Leaving the loop early, from inside or outside, must reach the other process.
    let done = false;
    try {
      for await (const event of inbox.read()) {
        if (signal.aborted) break;
        yield event;
      }
      done = !signal.aborted;
    } finally {
      signal.removeEventListener("abort", cancel);
      if (!done) cancel();
    }
  }

  /** Loads the model where that has not been tried; a missing file is looked for again. */
  async function probe(): Promise<void> {
    if (status.state === "ready") return;
    if (child === undefined) start();
    await new Promise<void>((resolve) => settled.push(resolve));
  }

  return {
    answers: "tokens",
    isOptional: settings.isOptional,
    probe,
    generate,
    status: () => status,
    load: () => places.load(),
    stop() {
      stopping = true;
      // The engine holds nothing worth saving.
      child?.kill("SIGKILL");
    },
  };
}
