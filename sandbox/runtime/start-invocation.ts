import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "../container/reply.ts";
import type { AnswerFault } from "../faults/faults.ts";
import type { Invocation } from "../telemetry/invocation.ts";
import type { WhenOver } from "../telemetry/watch-invocations.ts";
import { type Asked, askContainer } from "./ask-container.ts";
import { aborted, collect } from "./collect.ts";
import type { Destination } from "./find-destination.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { createScripts } from "./scripts.ts";

/** A request for a container whose place is found. */
export type Request = {
  readonly operation: Invocation["operation"];
  readonly fault: AnswerFault | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** The container's path, where it is not `/invocations`. */
  readonly path?: string;
  readonly signal: AbortSignal;
  readonly whenOver: WhenOver;
};

/**
 * Hands a request to the container, and a copy to the shadow variant that is due one. Resolves with the reply when its
 * status is known, or with undefined where the signal aborts before.
 */
export async function startInvocation(
  parts: RuntimeParts,
  destination: Destination,
  { operation, fault, headers, body, path, signal, whenOver }: Request,
): Promise<Reply | undefined> {
  const { scope } = parts;
  const { image, environment, shadow, instances, endpoint, variant, component } = destination;
  const place = { region: scope.region, endpoint, variant };
  const asked = {
    ...{ place, fault, headers, body, signal, streams: operation === "invocations-response-stream" },
    ...(path === undefined ? {} : { path }),
  };
  const watched = { scope, endpoint, variant, component: component ?? null, instances, operation };
  const watch = parts.watch(watched, whenOver);
  const answering = askContainer(parts, { ...asked, container: { image, environment } }, watch);
  if (shadow !== undefined) void copyToShadow(parts, { ...asked, container: shadow });
  // A container in whole mode may be silent until its limit: the race ends that.
  return watch.reply(await Promise.race([answering, aborted(signal)]));
}

/** Runs a request on a shadow variant; nobody reads what comes of it. */
async function copyToShadow(parts: RuntimeParts, asked: Asked): Promise<void> {
  // A script is for the answer that is read.
  const reply = await askContainer({ ...parts, scripts: createScripts() }, asked);
  await collect(reply);
}
