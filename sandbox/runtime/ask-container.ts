import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { answerInvocation } from "../container/answer-invocation.ts";
import { chooseContainer } from "../container/choose-container.ts";
import type { Reply } from "../container/reply.ts";
import { withFault } from "../container/with-fault.ts";
import type { Generate } from "../engine/generation.ts";
import type { AnswerFault } from "../faults/faults.ts";
import type { LogPlace } from "../log-line.ts";
import { passEach } from "../pass-each.ts";
import type { VariantRecord } from "../state/records.ts";
import type { Watch } from "../telemetry/watch-invocations.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { scripted } from "./scripts.ts";

/** A request on its way to a container. */
export type Asked = {
  readonly place: LogPlace;
  readonly container: Pick<VariantRecord, "image" | "environment">;
  readonly fault: AnswerFault | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** The container's path, where it is not `/invocations`. */
  readonly path?: string;
  readonly signal: AbortSignal;
  /** Whether SageMaker streams the answer on; it tells the container so. */
  readonly streams: boolean;
};

// What SageMaker hands on to a container; `Accept` has a name of its own where an answer is streamed.
const HANDED_ON = [
  ["content-type", "content-type"],
  ["accept", "accept"],
  ["x-amzn-sagemaker-accept", "accept"],
  ["x-amzn-sagemaker-custom-attributes", "x-amzn-sagemaker-custom-attributes"],
  ["x-amzn-sagemaker-inference-id", "x-amzn-sagemaker-inference-id"],
  ["x-amzn-sagemaker-session-id", "x-amzn-sagemaker-session-id"],
  ["x-amzn-sagemaker-prefix-aware-id", "x-amzn-sagemaker-prefix-aware-id"],
] as const;
const FORWARDED_API = "x-amzn-sagemaker-forwarded-api";

/** Lets a container answer: a genuine one where its engine is one, else ours on the engine's tokens. */
export async function askContainer(parts: RuntimeParts, asked: Asked, watch?: Watch): Promise<Reply> {
  const { scope, scripts, random } = parts;
  const { place, container, fault, headers, body, path, signal, streams } = asked;
  function log(line: string): void {
    parts.logLine(place, line);
    watch?.write(`[ERROR] PyProcess - ${line}`);
  }
  const engine = parts.engines.engineOf(container.environment);
  // Taken before the container looks at the request, so that a refused request uses its script up too.
  const script = scripts.take(place.region, place.endpoint);
  if (engine.answers === "bodies") {
    const api = streams ? "InvokeEndpointWithResponseStream" : "InvokeEndpoint";
    const passed = { ...handedOn(headers), [FORWARDED_API]: api };
    return engine.forward({ headers: passed, body, signal, log, ...(path === undefined ? {} : { path }) });
  }
  const generate = withFault(scripted(logged(engine.generate, log), script), fault);
  return answerInvocation(
    chooseContainer(container.image, container.environment),
    { contentType: headers["content-type"] ?? "application/json", body, signal, streams },
    {
      generate: watch === undefined ? generate : watch.generate(generate),
      newId: () => script?.responseId ?? randomUUID().replaceAll("-", ""),
      seconds: () => script?.created ?? Math.floor(scope.clock.now() / 1000),
      newSeed: () => Math.floor(random() * 2 ** 31),
    },
  );
}

function handedOn(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = HANDED_ON.flatMap(([name, as]) => {
    const value = headers[name];
    return typeof value === "string" ? [[as, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** The engine, with its failures in the container's log: several dialects do not pass the reason on. */
function logged(generate: Generate, log: (line: string) => void): Generate {
  return (request, signal) =>
    passEach(generate(request, signal), {
      each: (event) => {
        if (event.type === "failed") log(event.message);
        return event;
      },
    });
}
