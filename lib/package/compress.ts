import { Gunzip, gzipSync } from "fflate";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** A gzip header without a time: the same bytes in give the same bytes out, in every browser and in Node. */
export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(bytes, { level: 9, mtime: 0 }));
}

/** So little at a time that what unpacks to a thousandfold is noticed before it fills the memory. */
const STEP = 1_024;

/** Unpacks gzip, and fails with `invalid` for what is none, is cut short, or is more than `limit` bytes. */
export function decompress(bytes: Uint8Array, limit: number): Result<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  let isWhole = false;
  const gunzip = new Gunzip((part, isLast) => {
    parts.push(part);
    total += part.length;
    isWhole ||= isLast;
  });
  try {
    for (let at = 0; at < bytes.length && total <= limit; at += STEP)
      gunzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch {
    // fflate throws for bytes that are no gzip; which ones they are helps nobody.
    return refuse("This is not a gzip archive, or it is damaged.");
  }
  if (total > limit) return refuse(`It unpacks to more than ${Math.round(limit / 2 ** 20)} MiB.`);
  if (!isWhole) return refuse("The archive is cut short.");
  return succeed(join(parts, total));
}

function join(parts: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function refuse(message: string): Result<never> {
  return fail({
    code: "invalid",
    message,
    hint: "Make it again with: tar -czf model.tar.gz serving.properties",
  });
}
