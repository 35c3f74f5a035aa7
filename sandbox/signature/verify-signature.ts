import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import type { Authorization } from "./read-authorization.ts";

/** A request as it came over the wire; `target` is path and query as they were sent. */
export type SignedRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
};

/** The only credentials whose secret the sandbox knows; requests under other keys are taken on trust. */
const OWN_ACCESS_KEY = "sandbox";
const OWN_SECRET = "sandbox";
const SKEW_MS = 5 * 60_000;

/**
 * Checks a request signed with the sandbox's own credentials at a moment (milliseconds).
 * Throws `InvalidSignatureException` (403) for a wrong signature or a clock more than five minutes away.
 */
export function verifySignature(request: SignedRequest, authorization: Authorization, now: number): void {
  if (authorization.accessKey !== OWN_ACCESS_KEY) {
    return;
  }
  const stamp = header(request, "x-amz-date");
  checkClock(stamp, now);
  const { date, region, service } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonicalRequest(request, authorization))].join(
    "\n",
  );
  // The key is derived per day, region and service, which is what catches a wrong-region client.
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    `AWS4${OWN_SECRET}`,
  );
  const expected = createHmac("sha256", key).update(toSign).digest();
  const given = Buffer.from(authorization.signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AwsError(
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      403,
    );
  }
}

function checkClock(stamp: string, now: number): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  const [year, month, day, hour, minute, second] = (match ?? []).slice(1);
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // The wording of AWS, which the SDKs look at to correct their own clock.
  const server = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  if (Number.isNaN(at) || at < now - SKEW_MS) {
    throw new AwsError(
      "InvalidSignatureException",
      `Signature expired: ${stamp} is too early for ${server} (5 min.)`,
      403,
    );
  }
  if (at > now + SKEW_MS) {
    throw new AwsError(
      "InvalidSignatureException",
      `Signature not yet current: ${stamp} is still later than ${server} + 5 min.`,
      403,
    );
  }
}

function canonicalRequest(request: SignedRequest, authorization: Authorization): string {
  const [path = "/", query = ""] = request.target.split(/\?(.*)/s);
  const headers = authorization.signedHeaders.map((name) => `${name}:${header(request, name)}\n`).join("");
  return [
    request.method,
    // Every service but S3 encodes the path a second time.
    path
      .split("/")
      .map((segment) => encodeStrictly(segment))
      .join("/"),
    canonicalQuery(query),
    headers,
    authorization.signedHeaders.join(";"),
    // The body's own hash: a header that merely claims one proves nothing.
    sha256(request.body),
  ].join("\n");
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return [encodeStrictly(decodeURIComponent(name)), encodeStrictly(decodeURIComponent(value))] as const;
  });
  return pairs
    .toSorted(([left, a], [right, b]) => (left === right ? (a < b ? -1 : 1) : left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name.toLowerCase()];
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text.trim().replace(/ +/g, " ");
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
