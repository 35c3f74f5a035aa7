import { createHash } from "node:crypto";
import { sameSignature, sha256, signText } from "../signature/sign.ts";
import type { ChunkSeed } from "./authenticate.ts";
import { storageError } from "./storage-error.ts";

const EMPTY = sha256("");
// Size in hexadecimal, and a signature of 64 digits: anything longer is no chunk's head.
const LONGEST_LINE = 1024;

/**
 * The bytes inside an `aws-chunked` body. Trailers are put into `trailers` by name when the last byte was read.
 * With a seed the signature of every chunk is checked. Throws `IncompleteBody`, `InvalidChunkSizeError` or
 * `SignatureDoesNotMatch`.
 */
export async function* decodeChunked(
  source: AsyncIterable<Uint8Array>,
  seed: ChunkSeed | undefined,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const bytes = createReader(source);
  let previous = seed?.signature ?? "";

  function check(kind: "PAYLOAD" | "TRAILER", content: string, given: string): void {
    if (seed === undefined) return;
    const hashes = kind === "PAYLOAD" ? [EMPTY, content] : [content];
    const text = [`AWS4-HMAC-SHA256-${kind}`, seed.stamp, seed.scope, previous, ...hashes].join("\n");
    previous = signText(seed.key, text);
    if (!sameSignature(previous, given)) {
      throw storageError(
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      );
    }
  }

  for (;;) {
    const head = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(await bytes.line());
    if (head === null) {
      throw storageError("InvalidChunkSizeError", 400, "The chunk header of the body is malformed.");
    }
    const size = Number.parseInt(head[1] ?? "", 16);
    const sum = createHash("sha256");
    for await (const piece of bytes.take(size)) {
      sum.update(piece);
      yield piece;
    }
    check("PAYLOAD", sum.digest("hex"), head[2] ?? "");
    if (size === 0) break;
    if ((await bytes.line()) !== "") throw incomplete();
  }
  let signed = "";
  for (let line = await bytes.line(); line !== ""; line = await bytes.line()) {
    const [name = "", value = ""] = line.split(/:(.*)/s);
    if (name.toLowerCase() === "x-amz-trailer-signature") {
      check("TRAILER", sha256(signed), value.trim());
      signed = "";
    } else {
      trailers.set(name.trim().toLowerCase(), value.trim());
      signed += `${name.trim().toLowerCase()}:${value.trim()}\n`;
    }
  }
  // A trailer that nobody signed could carry any checksum.
  if (seed !== undefined && signed !== "") check("TRAILER", sha256(signed), "");
}

function createReader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const next = await iterator.next();
    if (next.done === true) return false;
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value]);
    return true;
  }

  return {
    /** The next line without its end; at the end of the body what is left counts as a line. */
    async line(): Promise<string> {
      for (;;) {
        const end = held.indexOf("\r\n");
        if (end >= 0) {
          const text = held.toString("latin1", 0, end);
          held = held.subarray(end + 2);
          return text;
        }
        if (held.length > LONGEST_LINE) throw incomplete();
        if (!(await more())) {
          if (held.length > 0) throw incomplete();
          return "";
        }
      }
    },
    async *take(size: number): AsyncGenerator<Uint8Array> {
      for (let left = size; left > 0; ) {
        if (held.length === 0 && !(await more())) throw incomplete();
        const piece = held.subarray(0, left);
        held = held.subarray(piece.length);
        left -= piece.length;
        if (piece.length > 0) yield piece;
      }
    },
  };
}

function incomplete() {
  return storageError(
    "IncompleteBody",
    400,
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
