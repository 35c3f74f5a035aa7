import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { AwsError } from "../aws-error.ts";

/**
 * The text of a request body; CloudWatch's clients compress larger ones with gzip. Throws for any other encoding,
 * for what is not gzip, and for what grows beyond `limit` bytes.
 */
export function decodeBody(body: Uint8Array, encoding: string | undefined, limit: number): string {
  if (encoding === undefined || encoding === "identity") return textOf(body);
  if (encoding !== "gzip") {
    throw new AwsError(
      "SerializationException",
      `The sandbox does not read the content encoding ${encoding}.`,
    );
  }
  return textOf(unzip(body, limit));
}

function unzip(body: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch {
    throw new AwsError("SerializationException", "The request body is not gzip, or is too large.");
  }
}

/** The body as text. Throws where it is not UTF-8: mended bytes would be stored as if they had been sent. */
export function textOf(body: Uint8Array): string {
  if (!isUtf8(body)) throw new AwsError("SerializationException", "The request body is not UTF-8.");
  return Buffer.from(body).toString("utf8");
}
