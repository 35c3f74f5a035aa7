import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c, crc64nvme, type RunningCrc } from "./crc.ts";
import { storageError } from "./storage-error.ts";

/** The checksums that clients may send as `x-amz-checksum-<name>`, as a header or as a trailer. */
const ALGORITHMS: Readonly<Record<string, () => RunningCrc>> = {
  crc32: runningCrc32,
  crc32c,
  crc64nvme,
  sha1: () => hash("sha1"),
  sha256: () => hash("sha256"),
};

const HEADER = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

/** What a client claims about its body: base64 by header name, `content-md5` and SHA-256 in hexadecimal. */
export type Claims = {
  readonly checksums: Map<string, string>;
  readonly md5?: string;
  readonly sha256?: string;
};

/** Sums up a body while it passes. */
export type Summing = {
  update(bytes: Uint8Array): void;
  /** The ETag; throws `BadDigest` or `XAmzContentSHA256Mismatch` where a claim does not hold. */
  finish(claims: Claims): { etag: string; checksums: Record<string, string> };
};

/** Prepares the sums that the claims and the announced trailer need. */
export function startSumming(claims: Claims, trailers: readonly string[]): Summing {
  const md5 = createHash("md5");
  const whole = claims.sha256 === undefined ? undefined : createHash("sha256");
  const asked = new Set([...claims.checksums.keys(), ...trailers.filter((name) => HEADER.test(name))]);
  const running = [...asked].map((name) => [name, ALGORITHMS[HEADER.exec(name)?.[1] ?? ""]?.()] as const);
  return {
    update(bytes) {
      md5.update(bytes);
      whole?.update(bytes);
      for (const [, sum] of running) sum?.update(bytes);
    },
    finish(found) {
      const digest = md5.digest();
      if (found.md5 !== undefined && found.md5 !== digest.toString("base64")) {
        throw storageError("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
      }
      if (whole !== undefined && whole.digest("hex") !== claims.sha256) {
        throw storageError(
          "XAmzContentSHA256Mismatch",
          400,
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
      }
      return { etag: digest.toString("hex"), checksums: compare(running, found.checksums) };
    },
  };
}

/** The checksum headers among a request's headers. */
export function claimedChecksums(headers: Readonly<Record<string, string | undefined>>): Map<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      HEADER.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
}

function compare(
  running: readonly (readonly [string, RunningCrc | undefined])[],
  claimed: ReadonlyMap<string, string>,
): Record<string, string> {
  const checksums: Record<string, string> = {};
  for (const [name, sum] of running) {
    const value = sum?.digest().toString("base64") ?? "";
    const algorithm = name.replace("x-amz-checksum-", "").toUpperCase();
    if (claimed.get(name) !== value) {
      throw storageError(
        "BadDigest",
        400,
        `The ${algorithm} you specified did not match the calculated checksum.`,
      );
    }
    checksums[name] = value;
  }
  return checksums;
}

function hash(algorithm: "sha1" | "sha256"): RunningCrc {
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
}

function runningCrc32(): RunningCrc {
  let state = 0;
  return {
    update: (bytes) => {
      state = crc32(bytes, state);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(state);
      return bytes;
    },
  };
}
