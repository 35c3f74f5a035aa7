import { gunzipSync } from "node:zlib";
import { AwsError } from "../aws-error.ts";

/**
 * The text of a request body; CloudWatch's clients compress larger ones with gzip. Throws for any other encoding,
 * for what is not gzip, and for what grows beyond `limit` bytes.
 */
export function decodeBody(body: Uint8Array, encoding: string | undefined, limit: number): string {
  if (encoding === undefined || encoding === "identity") return Buffer.from(body).toString("utf8");
  if (encoding !== "gzip") {
    throw new AwsError(
      "SerializationException",
      `The sandbox does not read the content encoding ${encoding}.`,
    );
  }
  try {
    return gunzipSync(body, { maxOutputLength: limit }).toString("utf8");
  } catch {
    throw new AwsError("SerializationException", "The request body is not gzip, or is too large.");
  }
}
