import { type ChildProcess, fork } from "node:child_process";
import type { Engine, EngineStatus } from "./engine.ts";
import type { GenerationEvent, GenerationRequest } from "./generation.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import type { FromEngine, ToEngine } from "./messages.ts";
import { createPlaces } from "./places.ts";

export type EngineSettings = {
  /** The program that, started with `--engine` and the model's path, becomes the engine. */
  readonly program: string;
  /** Node's own flags for it, such as the loader that reads TypeScript. */
  readonly flags: readonly string[];
  readonly modelPath: string;
  readonly places: number;
  readonly waiting: number;
  readonly log: (line: string) => void;
};

/**
 * The language model in a process of its own, so that its work never delays an answer of the server.
 * The process begins with `start`, or with the first prompt.
 */
export function forkEngine(settings: EngineSettings): Engine & { start(): void } {
  const places = createPlaces(settings.places, settings.waiting);
  const inboxes = new Map<number, Inbox<GenerationEvent>>();
  let status: EngineStatus = { state: "loading" };
  let child: ChildProcess | undefined;
  let stopping = false;
  let lastId = 0;

  function send(message: ToEngine): void {
    if (child?.connected === true) child.send(message);
  }

  function hear(message: FromEngine): void {
    switch (message.type) {
      case "ready":
        status = {
          state: "ready",
          model: message.model,
          contextSize: message.contextSize,
          places: message.places,
        };
        settings.log(`engine ready: ${message.model}, context ${message.contextSize}`);
        return;
      case "unavailable":
        status = { state: "unavailable", reason: message.reason };
        settings.log(`engine unavailable: ${message.reason}`);
        failAll(message.reason, "unavailable");
        return;
      case "event":
        inboxes.get(message.id)?.push(message.event);
        return;
      case "ended":
        inboxes.get(message.id)?.close();
    }
  }

  function failAll(message: string, reason: "engine" | "unavailable"): void {
    for (const inbox of inboxes.values()) {
      inbox.push({ type: "failed", message, reason });
      inbox.close();
    }
  }

  function start(): void {
    const started = fork(settings.program, ["--engine", settings.modelPath], {
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
      if (status.state !== "unavailable") {
        status = { state: "loading" };
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
    if (child === undefined) start();
    lastId += 1;
    const id = lastId;
    const inbox = createInbox<GenerationEvent>();
    inboxes.set(id, inbox);
    function cancel(): void {
      send({ type: "cancel", id });
    }
    signal.addEventListener("abort", cancel, { once: true });
    send({ type: "generate", id, request });
    const reading = inbox.read();
    let done = false;
    try {
      for (let step = await reading.next(); step.done !== true; step = await reading.next()) {
        if (signal.aborted) break;
        yield step.value;
      }
      done = !signal.aborted;
    } finally {
      signal.removeEventListener("abort", cancel);
      if (!done) cancel();
      // The place is free when the engine says so: until then its sequence still computes.
      void drain(reading).then(() => {
        inboxes.delete(id);
        leave();
      });
    }
  }

  return {
    start,
    generate,
    status: () => status,
    load: () => places.load(),
    stop() {
      stopping = true;
      child?.kill("SIGKILL");
    },
  };
}

async function drain(reading: AsyncGenerator<GenerationEvent>): Promise<void> {
  for (let step = await reading.next(); step.done !== true; step = await reading.next());
}
