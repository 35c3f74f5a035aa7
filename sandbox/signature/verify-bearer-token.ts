import { secretOf } from "./known-secret.ts";
import { readStamp, sameSignature, sha256, signingKey, signRequest } from "./sign.ts";

/** Why a token is not taken: there is none that could be one, or it is one that does not hold. */
export type TokenTrouble = { readonly kind: "missing" | "invalid"; readonly message: string };

const PREFIX = "sagemaker-api-key-";
const HOST = "sagemaker.amazonaws.com";
const VERSION = "&Version=1";
const LONGEST_SECONDS = 12 * 3600;
const REGION = /^[a-z0-9-]{1,32}$/;
const SKEW_MS = 5 * 60_000;

/**
 * The region that a bearer token is for. A token is a presigned `CallWithBearerToken`, in base64 behind a prefix, which
 * clients make without asking anybody. `now` is the wall clock in milliseconds; a token that was signed with another key
 * than the sandbox's own is trusted as far as its dates go.
 */
export function verifyBearerToken(
  authorization: string | undefined,
  now: number,
): { readonly region: string } | TokenTrouble {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) {
    return {
      kind: "missing",
      message: "Missing bearer token: send Authorization: Bearer sagemaker-api-key-…",
    };
  }
  const text = token.startsWith(PREFIX) ? Buffer.from(token.slice(PREFIX.length), "base64").toString() : "";
  if (!text.startsWith(`${HOST}/?`) || !text.endsWith(VERSION)) {
    return invalid("The bearer token is not a SageMaker API key.");
  }
  const target = text.slice(HOST.length, -VERSION.length);
  const query = new URLSearchParams(target.slice(2));
  const [key, date, region, service, terminator] = (query.get("X-Amz-Credential") ?? "").split("/");
  const seconds = Number(query.get("X-Amz-Expires"));
  const stamp = query.get("X-Amz-Date") ?? "";
  const at = readStamp(stamp);
  const isWhole =
    query.get("Action") === "CallWithBearerToken" &&
    query.get("X-Amz-Algorithm") === "AWS4-HMAC-SHA256" &&
    REGION.test(region ?? "") &&
    service === "sagemaker" &&
    terminator === "aws4_request";
  if (!isWhole || key === undefined || date === undefined || region === undefined || Number.isNaN(at)) {
    return invalid("The bearer token is not a SageMaker API key.");
  }
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
    return invalid("The bearer token must not be valid for longer than 12 hours.");
  }
  if (now > at + seconds * 1000) return invalid("The bearer token has expired.");
  if (now < at - SKEW_MS) return invalid("The bearer token is not valid yet.");
  const secret = secretOf(key);
  if (secret === undefined) return { region };
  const scope = { date, region, service };
  const expected = signRequest(
    {
      method: "POST",
      target,
      headers: { host: HOST },
      signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
      payloadHash: sha256(""),
      encodings: "twice",
      without: "X-Amz-Signature",
    },
    signingKey(secret, scope),
    stamp,
    scope,
  );
  return sameSignature(expected, query.get("X-Amz-Signature") ?? "")
    ? { region }
    : invalid("The signature of the bearer token does not match.");
}

function invalid(message: string): TokenTrouble {
  return { kind: "invalid", message };
}
