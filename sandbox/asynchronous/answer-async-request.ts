import { AwsError } from "../aws-error.ts";
import { showingFault } from "../faults/showing-fault.ts";
import { aborted, collect } from "../runtime/collect.ts";
import { findDestination } from "../runtime/find-destination.ts";
import type { RuntimeParts } from "../runtime/runtime-parts.ts";
import { startInvocation } from "../runtime/start-invocation.ts";
import type { AsyncRequest } from "../state/async-records.ts";
import { parseLocation } from "../storage/object-location.ts";
import { readObject, writeObject } from "../storage/platform-objects.ts";
import type { Storage } from "../storage/storage.ts";

/** What became of a request; latencies in microseconds, null where that part was not reached. */
export type AsyncOutcome = {
  readonly variant: string | null;
  readonly failedBy: "download" | "model" | "upload" | "expired" | null;
  /** What the failure object says. */
  readonly message: string;
  readonly downloadLatency: number | null;
  readonly uploadLatency: number | null;
};

type Part = Partial<AsyncOutcome>;

/**
 * Fetches the input, lets the container answer, and writes the answer or the failure to S3. Undefined where the sandbox
 * stops meanwhile: the request then stays in the queue.
 */
export async function answerAsyncRequest(
  parts: RuntimeParts,
  storage: Storage,
  request: AsyncRequest,
  stopping: AbortSignal,
): Promise<AsyncOutcome | undefined> {
  const started = performance.now();
  let body: Uint8Array;
  try {
    body = await readInput(storage, request);
  } catch (error) {
    return failed(storage, request, { failedBy: "download", message: wordsOf(error) });
  }
  const downloadLatency = microseconds(started);
  const wish = { variant: undefined, component: undefined };
  const destination = findDestination(parts.scope, request.endpoint, wish, parts.random);
  if ("refusal" in destination) {
    const { Message: message } = destination.refusal.body;
    return failed(storage, request, { failedBy: "model", message: String(message), downloadLatency });
  }
  const { variant } = destination;
  const place = {
    endpoint: request.endpoint,
    variant,
    region: parts.scope.region,
    operation: "InvokeEndpointAsync",
  };
  const { fault } = showingFault(parts.faults, place, destination.environment);
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(request.timeoutMs)]);
  let end: (abandoned: boolean) => void = () => undefined;
  try {
    const reply = await startInvocation(parts, destination, {
      operation: "async-invocations",
      fault,
      headers: request.headers,
      body,
      signal,
      whenOver: (over) => {
        end = over;
      },
    });
    const chunks = reply === undefined ? undefined : await Promise.race([collect(reply), aborted(signal)]);
    if (stopping.aborted) return undefined;
    if (reply === undefined || chunks === undefined || chunks === "broken" || reply.status >= 400) {
      const text = chunks === undefined || chunks === "broken" ? "" : Buffer.concat(chunks).toString("utf8");
      const message = text === "" ? whyNothing(request, signal) : text;
      return await failed(storage, request, { variant, failedBy: "model", message, downloadLatency });
    }
    return await succeed(storage, request, Buffer.concat(chunks), reply.contentType, {
      variant,
      downloadLatency,
    });
  } finally {
    end(false);
  }
}

/** Writes what a request that did not even begin says instead of an answer. */
export function expire(storage: Storage, request: AsyncRequest): Promise<AsyncOutcome> {
  const message = "The request expired: it was in the queue for longer than its RequestTTLSeconds.";
  return failed(storage, request, { failedBy: "expired", message });
}

async function succeed(
  storage: Storage,
  request: AsyncRequest,
  bytes: Uint8Array,
  contentType: string | null,
  part: Part,
): Promise<AsyncOutcome> {
  const began = performance.now();
  const location = parseLocation(request.output ?? "");
  try {
    if (location !== undefined) await writeObject(storage, location, bytes, contentType);
  } catch (error) {
    return failed(storage, request, { ...part, failedBy: "upload", message: wordsOf(error) });
  }
  return outcomeOf({ ...part, uploadLatency: location === undefined ? null : microseconds(began) });
}

async function failed(storage: Storage, request: AsyncRequest, part: Part): Promise<AsyncOutcome> {
  const location = parseLocation(request.failure ?? "");
  try {
    const text = Buffer.from(part.message ?? "");
    if (location !== undefined) await writeObject(storage, location, text, "text/plain");
  } catch {
    // A bucket that is gone: nobody is left to be told but the log, which the caller writes.
  }
  return outcomeOf(part);
}

function outcomeOf(part: Part): AsyncOutcome {
  const nothing = { variant: null, failedBy: null, message: "", downloadLatency: null, uploadLatency: null };
  return { ...nothing, ...part };
}

function readInput(storage: Storage, { input }: AsyncRequest): Promise<Uint8Array> | Uint8Array {
  if ("base64" in input) return Buffer.from(input.base64, "base64");
  const location = parseLocation(input.location);
  if (location === undefined) throw new AwsError("NoSuchKey", `${input.location} is no location in S3.`);
  return readObject(storage, location);
}

function whyNothing({ timeoutMs }: AsyncRequest, signal: AbortSignal): string {
  return signal.aborted
    ? `The container did not answer within ${timeoutMs / 1000} seconds (InvocationTimeoutSeconds).`
    : "The connection to the model container was lost.";
}

function wordsOf(error: unknown): string {
  if (error instanceof AwsError) return `${error.code}: ${error.message}`;
  throw error;
}

function microseconds(since: number): number {
  return Math.round((performance.now() - since) * 1000);
}
