import type { IncomingMessage } from "node:http";
import { frontEndError } from "../../container/gson.ts";
import { type Reply, wholeReply } from "../../container/reply.ts";
import { BrokenAnswer } from "../broken-answer.ts";
import type { ContainerEngine, EngineStatus, Forwarded } from "../engine.ts";
import { createPlaces } from "../places.ts";
import { call, whyUnreachable } from "./call.ts";
import type { RemoteSettings } from "./remote-settings.ts";

/** An LMI container on the user's machine, which answers the bodies itself. */
export function containerEngine(url: string, settings: RemoteSettings): ContainerEngine {
  const places = createPlaces(settings.places, settings.waiting);
  const stopping = new AbortController();
  let status: EngineStatus = { state: "loading" };

  async function probe(): Promise<void> {
    const reason = await pingContainer(url, AbortSignal.timeout(settings.probeMs));
    status =
      reason === undefined
        ? { state: "ready", model: url, contextSize: null, places: settings.places }
        : { state: "unavailable", reason };
  }

  async function forward({ headers, body, path, signal, log }: Forwarded): Promise<Reply> {
    const leave = await places.enter(signal);
    if (leave === "left") return unavailable("The client left.");
    if (leave === "busy") return unavailable("The queue is full.");
    signal.addEventListener("abort", leave, { once: true });
    try {
      const ended = AbortSignal.any([signal, stopping.signal]);
      const sized = { ...headers, "content-length": String(body.length) };
      const target = path === undefined ? url : new URL(path, url).href;
      const answer = await call({ url: target, method: "POST", headers: sized, body, signal: ended });
      // `close` follows every end of an answer, read or not.
      answer.once("close", leave);
      return {
        status: answer.statusCode ?? 502,
        contentType: answer.headers["content-type"] ?? null,
        chunks: readChunks(answer, ended),
        headers: handedBack(answer),
        isGenuine: true,
      };
    } catch (error) {
      leave();
      const reason = `The container at ${url} cannot be reached: ${whyUnreachable(error)}.`;
      if (!signal.aborted) log(reason);
      return unavailable(reason);
    }
  }

  return {
    answers: "bodies",
    isOptional: false,
    forward,
    probe,
    status: () => status,
    load: () => places.load(),
    stop: () => stopping.abort(),
  };
}

// What SageMaker passes on from a container's answer.
const HANDED_BACK = [
  "x-amzn-sagemaker-custom-attributes",
  "x-amzn-sagemaker-new-session-id",
  "x-amzn-sagemaker-closed-session-id",
];

function handedBack({ headers }: IncomingMessage): Record<string, string> {
  const entries = HANDED_BACK.flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

async function* readChunks(answer: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* answer as AsyncIterable<Uint8Array>;
  } catch (error) {
    // As an engine of ours: who ended it knows why.
    if (signal.aborted) return;
    throw new BrokenAnswer(whyUnreachable(error));
  }
}

/** SageMaker's health check: `GET /ping` answers 200. The reason why not, or undefined. */
async function pingContainer(url: string, signal: AbortSignal): Promise<string | undefined> {
  const ping = new URL("/ping", url).href;
  try {
    const answer = await call({ url: ping, method: "GET", headers: {}, signal });
    answer.resume();
    return answer.statusCode === 200
      ? undefined
      : `The container at ${url} is not healthy: GET /ping answered ${answer.statusCode}.`;
  } catch (error) {
    const reason = signal.aborted ? "it did not answer in time" : whyUnreachable(error);
    return `The container at ${url} cannot be reached: ${reason}.`;
  }
}

function unavailable(message: string): Reply {
  return wholeReply(503, "application/json", frontEndError(503, "ServiceUnavailableException", message));
}
