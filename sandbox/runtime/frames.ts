import { crc32 } from "node:zlib";
import { EventStreamCodec, type MessageHeaders } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

// A frame is its length and that of its headers, a checksum of the two, headers, body, and a checksum of all of it.
const PRELUDE = 12;
const CHECKSUM = 4;
const PAYLOAD_HEADERS = headersOf(
  frame(
    { ":message-type": "event", ":event-type": "PayloadPart", ":content-type": "application/octet-stream" },
    new Uint8Array(),
  ),
);

/** Bytes of the container's body as a PayloadPart event. */
export function payloadPart(body: Uint8Array): Uint8Array {
  return payloadParts([body]);
}

/**
 * Pieces of the container's body as a PayloadPart event each, one after the other. There is one for each token of each
 * stream, so their headers are encoded once for all.
 */
export function payloadParts(pieces: readonly Uint8Array[]): Uint8Array {
  const around = PRELUDE + PAYLOAD_HEADERS.length + CHECKSUM;
  const frames = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + around + piece.length, 0));
  let start = 0;
  for (const piece of pieces) {
    const end = start + around + piece.length;
    frames.writeUInt32BE(end - start, start);
    frames.writeUInt32BE(PAYLOAD_HEADERS.length, start + 4);
    frames.writeUInt32BE(crc32(frames.subarray(start, start + 8)), start + 8);
    frames.set(PAYLOAD_HEADERS, start + PRELUDE);
    frames.set(piece, start + PRELUDE + PAYLOAD_HEADERS.length);
    frames.writeUInt32BE(crc32(frames.subarray(start, end - CHECKSUM)), end - CHECKSUM);
    start = end;
  }
  return frames;
}

function headersOf(message: Uint8Array): Uint8Array {
  return message.subarray(PRELUDE, message.length - CHECKSUM);
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
