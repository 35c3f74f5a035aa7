import type { EngineStatus, TokenEngine } from "../engine.ts";
import type { GenerationEvent, GenerationRequest } from "../generation.ts";
import { createPlaces } from "../places.ts";
import { generateRemotely } from "./generate-remotely.ts";
import { type OpenaiServer, probeOpenai } from "./probe-openai.ts";
import type { RemoteSettings } from "./remote-settings.ts";

/** An OpenAI-compatible server (vLLM, llama.cpp) as the engine of our own containers. */
export function openaiEngine(url: string, wanted: string | undefined, settings: RemoteSettings): TokenEngine {
  const places = createPlaces(settings.places, settings.waiting);
  const stopping = new AbortController();
  let status: EngineStatus = { state: "loading" };
  let known: OpenaiServer | undefined;

  async function probe(): Promise<void> {
    const late = AbortSignal.any([AbortSignal.timeout(settings.probeMs), stopping.signal]);
    const probed = await probeOpenai(url, wanted, late);
    if (probed.ok) {
      const { model, contextSize } = probed.server;
      known = probed.server;
      status = { state: "ready", model, contextSize, places: settings.places };
    } else {
      known = undefined;
      status = { state: "unavailable", reason: probed.reason };
    }
  }

  async function* generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const leave = await places.enter(signal);
    if (leave === "left") return;
    if (leave === "busy") {
      yield { type: "failed", message: "The queue is full.", reason: "busy" };
      return;
    }
    // Nobody may be reading when the client goes away.
    signal.addEventListener("abort", leave, { once: true });
    try {
      // After a failed probe the server may have come back, and the next prompt finds out.
      if (known === undefined) await probe();
      if (known === undefined) {
        const message = status.state === "unavailable" ? status.reason : "The server cannot answer.";
        yield { type: "failed", message, reason: "unavailable" };
        return;
      }
      yield* generateRemotely(url, known, request, AbortSignal.any([signal, stopping.signal]));
    } finally {
      signal.removeEventListener("abort", leave);
      leave();
    }
  }

  return {
    answers: "tokens",
    isOptional: false,
    generate,
    probe,
    status: () => status,
    load: () => places.load(),
    stop: () => stopping.abort(),
  };
}
