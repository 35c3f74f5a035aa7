import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a SigV4 signature covers; `target` is path and query as they were sent. */
export type Covered = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly signedHeaders: readonly string[];
  /** The body's SHA-256 in hexadecimal, or one of S3's words in its place. */
  readonly payloadHash: string;
  /** Every service but S3 encodes the path a second time. */
  readonly encodings: "once" | "twice";
  /** A query parameter that is no part of what is signed: the signature itself. */
  readonly without?: string;
};

/** Day, region and service of a credential scope; the key is derived from them, which catches a wrong region. */
export type CredentialScope = { readonly date: string; readonly region: string; readonly service: string };

/** The scope as it stands in a string to sign. */
export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

// A client signs a day's calls to a service with one key; deriving it costs as much as all other hashes of a call.
const knownKeys = new Map<string, Buffer>();
const MOST_KEYS = 100;

/** The key that signs under a secret within a scope. */
export function signingKey(secret: string, scope: CredentialScope): Buffer {
  const name = `${secret}\n${scopeText(scope)}`;
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  const { date, region, service } = scope;
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(
    (parent, part) => createHmac("sha256", parent).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  // Whoever names a new region with each call must not fill the memory.
  if (knownKeys.size >= MOST_KEYS) knownKeys.clear();
  knownKeys.set(name, key);
  return key;
}

/** The signature of a request, in hexadecimal; `stamp` is its `X-Amz-Date`. */
export function signRequest(covered: Covered, key: Buffer, stamp: string, scope: CredentialScope): string {
  const canonical = sha256(canonicalRequest(covered));
  return signText(key, ["AWS4-HMAC-SHA256", stamp, scopeText(scope), canonical].join("\n"));
}

/** The HMAC of a string to sign, in hexadecimal. */
export function signText(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Compares two signatures in hexadecimal without telling by time where they differ. */
export function sameSignature(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The moment of a stamp such as `20260101T000000Z` in milliseconds; NaN where it is none. */
export function readStamp(stamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  const [year, month, day, hour, minute, second] = (match ?? []).slice(1);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function canonicalRequest(covered: Covered): string {
  const [path = "/", query = ""] = covered.target.split(/\?(.*)/s);
  const headers = covered.signedHeaders.map((name) => `${name}:${header(covered, name)}\n`).join("");
  const encode = covered.encodings === "twice" ? encodeStrictly : encodeOnce;
  return [
    covered.method,
    path.split("/").map(encode).join("/"),
    canonicalQuery(query, covered.without),
    headers,
    covered.signedHeaders.join(";"),
    covered.payloadHash,
  ].join("\n");
}

function canonicalQuery(query: string, without: string | undefined): string {
  if (query === "") return "";
  const pairs = query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return [encodeOnce(name), encodeOnce(value)] as const;
  });
  return pairs
    .filter(([name]) => name !== without)
    .toSorted(([left, a], [right, b]) => (left === right ? (a < b ? -1 : 1) : left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** What was sent, in the one encoding that is signed, whichever the client chose for the wire. */
function encodeOnce(text: string): string {
  try {
    return encodeStrictly(decodeURIComponent(text));
  } catch {
    // No encoding of UTF-8: it signs as it stands, and so will not match.
    return encodeStrictly(text);
  }
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function header(covered: Covered, name: string): string {
  const value = covered.headers[name.toLowerCase()];
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text.trim().replace(/ +/g, " ");
}
