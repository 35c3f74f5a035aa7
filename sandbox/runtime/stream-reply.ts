import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Reply } from "../container/reply.ts";
import { BrokenAnswer } from "../engine/broken-answer.ts";
import type { Fault } from "../faults/faults.ts";
import { breaksOff, CHUNKS_BEFORE_BREAK, UNTIL_SENT_MS } from "./break-off.ts";
import { internalStreamFailure, modelStreamError, payloadPart, payloadParts } from "./frames.ts";
import { recut } from "./recut.ts";

type Streaming = {
  readonly reply: Reply;
  readonly response: ServerResponse;
  readonly variant: string;
  readonly random: () => number;
  readonly fault: Fault | undefined;
  /** Aborts when SageMaker would wait no longer. */
  readonly timeout: AbortSignal;
};

const BROKEN = "The connection to the model container was lost.";
const FAILED = "The request processing has failed because of an unknown error.";
// The text AWS gives for a container that does not finish in time.
const TOO_LATE = "Your model primary did not complete sending the inference response in the allotted time.";

/** Sends a container's body as event-stream frames, cut where SageMaker might cut. */
export async function streamReply({
  reply,
  response,
  variant,
  random,
  fault,
  timeout,
}: Streaming): Promise<void> {
  response.writeHead(200, {
    "content-type": "application/vnd.amazon.eventstream",
    "x-amzn-invoked-production-variant": variant,
    ...reply.headers,
    ...(reply.contentType === null ? {} : { "x-amzn-sagemaker-content-type": reply.contentType }),
  });
  // The client learns at once that it is streamed to, as from AWS, also while the first token takes long.
  response.flushHeaders();
  let sent = 0;
  try {
    for await (const chunk of reply.chunks) {
      const pieces = reply.isGenuine === true ? [chunk] : recut(chunk, random);
      // One write for all parts of a chunk: they leave together, as one network packet would.
      if (response.destroyed) return;
      if (!response.write(payloadParts(pieces))) await drained(response);
      if (response.destroyed) return;
      sent += 1;
      if (sent === CHUNKS_BEFORE_BREAK && breaksOff(fault)) break;
    }
  } catch (error) {
    if (error instanceof BrokenAnswer) {
      response.end(modelStreamError("StreamBroken", BROKEN));
      return;
    }
    console.error(`sandbox: a stream failed: ${error instanceof Error ? error.message : "unknown"}`);
    response.end(internalStreamFailure(FAILED));
    return;
  }
  // The generation ended because its signal did; a client then waits for a reason, not for more.
  if (timeout.aborted) {
    response.end(modelStreamError("ModelInvocationTimeExceeded", TOO_LATE));
    return;
  }
  endWith(response, fault);
}

/** The end of a stream: sound, or what a fault makes of it. */
function endWith(response: ServerResponse, fault: Fault | undefined): void {
  switch (fault) {
    case "stream-broken":
      response.end(modelStreamError("StreamBroken", BROKEN));
      return;
    case "stream-failure":
      response.end(internalStreamFailure(FAILED));
      return;
    case "wrong-crc":
      response.end(withWrongChecksum(payloadPart(Buffer.from("wrong"))));
      return;
    case "cut-midframe": {
      const next = payloadPart(Buffer.from("cut"));
      response.write(next.subarray(0, next.length - 5));
      // Without the pause the cut piece would be dropped with the connection.
      setTimeout(() => response.destroy(), UNTIL_SENT_MS);
      return;
    }
    default:
      response.end();
  }
}

// The last four bytes of a frame are the checksum of all before.
function withWrongChecksum(frame: Uint8Array): Uint8Array {
  return frame.map((byte, index) => (index === frame.length - 1 ? byte ^ 0xff : byte));
}

/** Resolves when a client that reads slowly has read, or is gone. */
async function drained(response: ServerResponse): Promise<void> {
  // Whichever comes second must not leave its listener behind: a slow reader makes many of them.
  const decided = new AbortController();
  const { signal } = decided;
  const waits = [once(response, "drain", { signal }), once(response, "close", { signal })];
  await Promise.race(waits);
  decided.abort();
  await Promise.allSettled(waits);
}
