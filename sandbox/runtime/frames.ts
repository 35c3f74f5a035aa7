import { EventStreamCodec, type MessageHeaders } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Bytes of the container's body as a PayloadPart event. */
export function payloadPart(body: Uint8Array): Uint8Array {
  return frame(
    { ":message-type": "event", ":event-type": "PayloadPart", ":content-type": "application/octet-stream" },
    body,
  );
}

/** The two reasons `ModelStreamError` knows. */
export type StreamErrorCode = "ModelInvocationTimeExceeded" | "StreamBroken";

/** The exception that ends a stream whose model went quiet or away. */
export function modelStreamError(code: StreamErrorCode, message: string): Uint8Array {
  return frame(
    {
      ":message-type": "exception",
      ":exception-type": "ModelStreamError",
      ":content-type": "application/json",
    },
    fromUtf8(JSON.stringify({ Message: message, ErrorCode: code })),
  );
}

/** The exception for a fault of the platform itself. */
export function internalStreamFailure(message: string): Uint8Array {
  return frame(
    {
      ":message-type": "exception",
      ":exception-type": "InternalStreamFailure",
      ":content-type": "application/json",
    },
    fromUtf8(JSON.stringify({ Message: message })),
  );
}

function frame(headers: Record<string, string>, body: Uint8Array): Uint8Array {
  const typed: MessageHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]),
  );
  return codec.encode({ headers: typed, body });
}
