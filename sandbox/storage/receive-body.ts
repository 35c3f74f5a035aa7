import { decodeChunked } from "./aws-chunked.ts";
import type { StorageCall } from "./call.ts";
import { claimedChecksums, startSumming } from "./checksums.ts";
import type { Blob } from "./records.ts";
import { invalidArgument, storageError } from "./storage-error.ts";

/** Bytes of one put or one part. AWS takes 5 GiB; a disk that is shared with other things should not. */
const LARGEST_PUT = 1024 ** 3;

export type Received = { blob: Blob; etag: string; checksums: Record<string, string> };

/**
 * Streams a body to the disk and checks it against everything the client claims about it.
 * Throws `EntityTooLarge`, `BadDigest`, `IncompleteBody` and their kin, and then leaves nothing on the disk.
 */
export async function receiveBody({ storage, caller, headers, body }: StorageCall): Promise<Received> {
  const trailers = new Map<string, string>();
  const announced = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim().toLowerCase());
  const claims = claimsOf(headers, caller.payloadHash);
  const summing = startSumming(claims, announced);
  const streaming = caller.payloadHash.startsWith("STREAMING-");
  const length = Number(headers["x-amz-decoded-content-length"] ?? headers["content-length"] ?? Number.NaN);
  if (Number.isNaN(length) && streaming) {
    throw storageError("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
  }
  if (length > LARGEST_PUT) throw tooLarge();
  const seed = caller.payloadHash.startsWith("STREAMING-AWS4-HMAC-SHA256") ? caller.seed : undefined;
  const bytes = streaming ? decodeChunked(body, seed, trailers) : body;
  let result: { etag: string; checksums: Record<string, string> } | undefined;

  // Summed and judged inside the write, so that a body that is refused never becomes a file.
  async function* watched(): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > LARGEST_PUT) throw tooLarge();
      summing.update(chunk);
      yield chunk;
    }
    if (!Number.isNaN(length) && size !== length) {
      throw storageError(
        "IncompleteBody",
        400,
        "You did not provide the number of bytes specified by the Content-Length HTTP header",
      );
    }
    for (const [name, value] of claimedChecksums(Object.fromEntries(trailers))) {
      claims.checksums.set(name, value);
    }
    result = summing.finish(claims);
  }

  const blob = await storage.blobs.write(watched());
  if (result === undefined) throw new Error("a body was written and not summed up");
  return { blob, ...result };
}

function claimsOf(headers: StorageCall["headers"], payloadHash: string) {
  const md5 = headers["content-md5"];
  if (md5 !== undefined && Buffer.from(md5, "base64").length !== 16) {
    throw storageError("InvalidDigest", 400, "The Content-MD5 you specified is not valid.");
  }
  const hexadecimal = /^[0-9a-f]{64}$/.test(payloadHash);
  if (!hexadecimal && payloadHash !== "UNSIGNED-PAYLOAD" && !/^STREAMING-[A-Z0-9-]+$/.test(payloadHash)) {
    throw invalidArgument(
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- word or a SHA-256 hash.",
      "x-amz-content-sha256",
      payloadHash,
    );
  }
  return {
    checksums: claimedChecksums(headers),
    ...(md5 === undefined ? {} : { md5 }),
    ...(hexadecimal ? { sha256: payloadHash } : {}),
  };
}

function tooLarge() {
  return storageError("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size", {
    MaxSizeAllowed: String(LARGEST_PUT),
  });
}
