import "server-only";
import { crc32 } from "node:zlib";
import { InternalStreamFailure, ModelStreamError } from "@aws-sdk/client-sagemaker-runtime";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { z } from "zod";

/** What AWS puts around a frame: lengths, their checksum, and the checksum of all (Event Stream Encoding). */
const LENGTH_BYTES = 4;
/** SageMaker's frames carry at most 1 MB; a length beyond this is damage, and must not be waited for. */
const LONGEST_FRAME = 24 * 1024 * 1024;

const codec = new EventStreamCodec(toUtf8, fromUtf8);

type Message = ReturnType<EventStreamCodec["decode"]>;

/**
 * The payloads of a body of `application/vnd.amazon.eventstream`, one for each `PayloadPart`, as soon as each is
 * complete. The SDK's own reader passes every frame through seven promises and a schema, which cost more than
 * the frame; here AWS's codec checks and opens frames and nothing else stands in between.
 *
 * Throws what the SDK throws: `ModelStreamError` and `InternalStreamFailure` by name, other exceptions as errors
 * of that name, damage as the codec's error, and a body that ends inside a frame as a truncated event. `onEnd` is
 * told once whether the body was read to its end.
 */
export async function* readPayloads(
  body: AsyncIterable<Uint8Array>,
  onEnd: (isComplete: boolean) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let isComplete = false;
  let rest: Uint8Array | null = null;
  const open = createOpener();
  try {
    for await (const chunk of body) {
      const bytes: Uint8Array = rest === null ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (let end = endOfFrame(bytes, at); end !== null; end = endOfFrame(bytes, at)) {
        const payload = open(bytes.subarray(at, end));
        at = end;
        if (payload !== null) yield payload;
      }
      rest = at === bytes.length ? null : bytes.subarray(at);
    }
    if (rest !== null) throw new Error("Truncated event message received.");
    isComplete = true;
  } finally {
    onEnd(isComplete);
  }
}

/** Where the frame that begins at `at` ends; null while bytes of it are still to come. */
function endOfFrame(bytes: Uint8Array, at: number): number | null {
  if (at + LENGTH_BYTES > bytes.length) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, LENGTH_BYTES).getUint32(0);
  // Too short a frame is for the codec to refuse.
  if (length > LONGEST_FRAME) throw new Error("A frame's checksum cannot be right: its length is damaged.");
  const end = at + Math.max(length, LENGTH_BYTES);
  return end > bytes.length ? null : end;
}

/** Where a frame's parts lie: two lengths and their checksum, headers, payload, checksum of all before it. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/**
 * Opens frames one after another. Every frame of an answer has the same headers: once the codec has read them in
 * one that was a `PayloadPart`, a frame with the very same bytes there and both checksums right needs no second
 * reading. Whatever differs goes to the codec, which also says what is wrong.
 */
function createOpener(): (frame: Uint8Array) => Uint8Array | null {
  let known: Buffer | null = null;
  return (frame) => {
    const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
    if (known !== null && hasHeaders(view, known) && isWhole(view)) {
      return frame.subarray(PRELUDE_BYTES + known.length, frame.length - CHECKSUM_BYTES);
    }
    const payload = openFrame(codec.decode(frame));
    if (payload !== null) known = view.subarray(PRELUDE_BYTES, view.length - CHECKSUM_BYTES - payload.length);
    return payload;
  };
}

function hasHeaders(frame: Buffer, headers: Buffer): boolean {
  if (frame.length < PRELUDE_BYTES + headers.length + CHECKSUM_BYTES) return false;
  if (frame.readUInt32BE(LENGTH_BYTES) !== headers.length) return false;
  return headers.compare(frame, PRELUDE_BYTES, PRELUDE_BYTES + headers.length) === 0;
}

/** Both checksums as the codec checks them, by the platform's own CRC-32. */
function isWhole(frame: Buffer): boolean {
  const end = frame.length - CHECKSUM_BYTES;
  return (
    frame.readUInt32BE(PRELUDE_BYTES - CHECKSUM_BYTES) === crc32(frame.subarray(0, 8)) &&
    frame.readUInt32BE(end) === crc32(frame.subarray(0, end))
  );
}

/** The payload of an event; null for an event of another kind. Exceptions are thrown. */
function openFrame({ headers, body }: Message): Uint8Array | null {
  switch (headers[":message-type"]?.value) {
    case "event":
      return headers[":event-type"]?.value === "PayloadPart" ? body : null;
    case "exception":
      throw exceptionOf(String(headers[":exception-type"]?.value), toUtf8(body));
    case "error": {
      const error = new Error(String(headers[":error-message"]?.value ?? "UnknownError"));
      error.name = String(headers[":error-code"]?.value);
      throw error;
    }
    default:
      throw new Error(`Unrecognizable event type: ${String(headers[":event-type"]?.value)}`);
  }
}

const wordsSchema = z.object({
  Message: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  ErrorCode: z.string().optional().catch(undefined),
});

function exceptionOf(name: string, body: string): Error {
  const words = wordsSchema.safeParse(parseJson(body)).data;
  const message = words?.message ?? words?.Message ?? "Unknown";
  switch (name) {
    case "ModelStreamError":
      return new ModelStreamError({ message, ErrorCode: words?.ErrorCode, $metadata: {} });
    case "InternalStreamFailure":
      return new InternalStreamFailure({ message, $metadata: {} });
    default: {
      const error = new Error(body);
      error.name = name;
      return error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: an exception without words.
  }
}
