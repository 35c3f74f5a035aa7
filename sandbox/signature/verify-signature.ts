import { AwsError } from "../aws-error.ts";
import { secretOf } from "./known-secret.ts";
import type { Authorization } from "./read-authorization.ts";
import { readStamp, sameSignature, sha256, signingKey, signRequest } from "./sign.ts";

/** A request as it came over the wire; `target` is path and query as they were sent. */
export type SignedRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
};

const SKEW_MS = 5 * 60_000;

/**
 * Checks a request signed with the sandbox's own credentials at a moment (milliseconds).
 * Throws `InvalidSignatureException` (403) for a wrong signature or a clock more than five minutes away.
 */
export function verifySignature(request: SignedRequest, authorization: Authorization, now: number): void {
  const secret = secretOf(authorization.accessKey);
  if (secret === undefined) {
    return;
  }
  const stamp = String(request.headers["x-amz-date"] ?? "").trim();
  checkClock(stamp, now);
  const { signedHeaders } = authorization;
  const { method, target, headers } = request;
  // The body's own hash: a header that merely claims one proves nothing.
  const payloadHash = sha256(request.body);
  const covered = { method, target, headers, signedHeaders, payloadHash, encodings: "twice" } as const;
  const expected = signRequest(covered, signingKey(secret, authorization), stamp, authorization);
  if (!sameSignature(expected, authorization.signature)) {
    throw new AwsError(
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      403,
    );
  }
}

function checkClock(stamp: string, now: number): void {
  const at = readStamp(stamp);
  if (Math.abs(at - now) <= SKEW_MS) return;
  // The wording of AWS, which the SDKs look at to correct their own clock.
  const server = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  if (Number.isNaN(at) || at < now - SKEW_MS) {
    throw new AwsError(
      "InvalidSignatureException",
      `Signature expired: ${stamp} is too early for ${server} (5 min.)`,
      403,
    );
  }
  throw new AwsError(
    "InvalidSignatureException",
    `Signature not yet current: ${stamp} is still later than ${server} + 5 min.`,
    403,
  );
}
