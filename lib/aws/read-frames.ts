import "server-only";
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
 * of that name, damage as the codec's error, and a body that ends inside a frame as a truncated event.
 */
export async function* readPayloads(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array | null = null;
  for await (const chunk of body) {
    const bytes: Uint8Array = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let end = endOfFrame(bytes, at); end !== null; end = endOfFrame(bytes, at)) {
      const payload = openFrame(codec.decode(bytes.subarray(at, end)));
      at = end;
      if (payload !== null) yield payload;
    }
    rest = at === bytes.length ? null : bytes.subarray(at);
  }
  if (rest !== null) throw new Error("Truncated event message received.");
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
