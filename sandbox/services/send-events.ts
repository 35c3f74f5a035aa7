import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { EventStreamCodec, type MessageHeaders } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import type { StreamEvent } from "./json-rpc.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/**
 * Answers with the events that `open` yields, in AWS's frames, until they end or the client leaves. What `open`
 * throws before its first event is thrown here, as the refusal of an ordinary call.
 */
export async function sendEvents(
  response: ServerResponse,
  open: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
): Promise<void> {
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  let started = false;
  for await (const event of open(leaving.signal)) {
    if (!started) {
      started = true;
      response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
      // The members of the output that are no stream come first, also where there are none.
      response.write(frame({ type: "initial-response", body: {} }));
    }
    if (response.destroyed) return;
    if (!response.write(frame(event))) {
      // Where the client leaves instead, the next turn of the loop sees it.
      await once(response, "drain", { signal: leaving.signal }).catch(() => undefined);
    }
  }
  response.end();
}

function frame({ type, body }: StreamEvent): Uint8Array {
  // By AWS's naming an exception is what ends a stream, an event what goes on.
  const kind = type.endsWith("Exception") ? "exception" : "event";
  const texts = {
    ":message-type": kind,
    [`:${kind}-type`]: type,
    ":content-type":
      kind === "event" && type === "initial-response" ? "application/x-amz-json-1.1" : "application/json",
  };
  const headers: MessageHeaders = Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, { type: "string" as const, value }]),
  );
  return codec.encode({ headers, body: fromUtf8(JSON.stringify(body)) });
}
