import { secretOf } from "../signature/known-secret.ts";
import { type Authorization, readAuthorization } from "../signature/read-authorization.ts";
import {
  type CredentialScope,
  readStamp,
  sameSignature,
  scopeText,
  signingKey,
  signRequest,
} from "../signature/sign.ts";
import { storageError } from "./storage-error.ts";

export type StorageRequest = {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** How each chunk of a signed `aws-chunked` body is signed: on from the signature of the headers. */
export type ChunkSeed = {
  readonly key: Buffer;
  readonly stamp: string;
  readonly scope: string;
  readonly signature: string;
};

export type StorageCaller = {
  readonly region: string;
  /** `x-amz-content-sha256`: a hash, or the word that stands for none. */
  readonly payloadHash: string;
  /** Undefined where the sandbox does not know the secret. */
  readonly seed?: ChunkSeed;
};

const SKEW_MS = 15 * 60_000;
const LONGEST_PRESIGNED = 7 * 24 * 3600;

/** Whether a request is S3's, by the service its signature names. */
export function isForStorage({ target, headers }: StorageRequest): boolean {
  const authorization = String(headers.authorization ?? "");
  const query = new URLSearchParams(target.split(/\?(.*)/s)[1] ?? "");
  return (
    /Credential=[^,\s]*\/s3\/aws4_request/.test(authorization) ||
    /\/s3\/aws4_request$/.test(query.get("X-Amz-Credential") ?? "") ||
    // The signatures before SigV4, which only S3 ever took in a query; refused below in S3's words.
    (query.has("AWSAccessKeyId") && query.has("Signature")) ||
    authorization.startsWith("AWS ")
  );
}

/**
 * Who calls S3: by the `Authorization` header, or by a presigned address. `now` is the wall clock in milliseconds.
 * Throws S3's own refusals, all of status 403 but for a malformed query.
 */
export function authenticate(request: StorageRequest, now: number): StorageCaller {
  const query = new URLSearchParams(request.target.split(/\?(.*)/s)[1] ?? "");
  return query.has("X-Amz-Signature") ? readPresigned(request, query, now) : readHeader(request, now);
}

function readHeader(request: StorageRequest, now: number): StorageCaller {
  const sent = String(request.headers.authorization ?? "");
  if (!sent.startsWith("AWS4-HMAC-SHA256")) {
    throw storageError(
      "InvalidRequest",
      400,
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    );
  }
  const authorization = readAuthorization(sent);
  const stamp = String(request.headers["x-amz-date"] ?? "");
  const at = readStamp(stamp);
  const payloadHash = String(request.headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD");
  const secret = secretOf(authorization.accessKey);
  if (secret === undefined) return { region: authorization.region, payloadHash };
  if (Number.isNaN(at) || Math.abs(at - now) > SKEW_MS) {
    throw storageError(
      "RequestTimeTooSkewed",
      403,
      "The difference between the request time and the current time is too large.",
    );
  }
  return checked(request, authorization, { stamp, payloadHash, secret });
}

function readPresigned(request: StorageRequest, query: URLSearchParams, now: number): StorageCaller {
  const authorization = readAuthorization(
    `AWS4-HMAC-SHA256 Credential=${query.get("X-Amz-Credential")}, SignedHeaders=${query.get("X-Amz-SignedHeaders")}, Signature=${query.get("X-Amz-Signature")}`,
  );
  const stamp = query.get("X-Amz-Date") ?? "";
  const seconds = Number(query.get("X-Amz-Expires") ?? Number.NaN);
  const at = readStamp(stamp);
  if (Number.isNaN(at) || !(seconds >= 1 && seconds <= LONGEST_PRESIGNED)) {
    throw storageError(
      "AuthorizationQueryParametersError",
      400,
      "X-Amz-Date must be in the ISO8601 Long Format and X-Amz-Expires must be a number of seconds of at most a week.",
    );
  }
  // An address is judged by its own life, whoever signed it.
  if (now > at + seconds * 1000) throw storageError("AccessDenied", 403, "Request has expired");
  if (at > now + SKEW_MS) throw storageError("AccessDenied", 403, "Request is not valid yet");
  const payloadHash =
    query.get("X-Amz-Content-Sha256") ??
    String(request.headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD");
  const secret = secretOf(authorization.accessKey);
  if (secret === undefined) return { region: authorization.region, payloadHash };
  return checked(request, authorization, { stamp, payloadHash, secret, without: "X-Amz-Signature" });
}

type Signing = {
  readonly stamp: string;
  readonly payloadHash: string;
  readonly secret: string;
  readonly without?: string;
};

function checked(
  request: StorageRequest,
  authorization: Authorization,
  { stamp, payloadHash, secret, without }: Signing,
): StorageCaller {
  const { signedHeaders, signature, region } = authorization;
  const scope: CredentialScope = authorization;
  const key = signingKey(secret, scope);
  const covered = {
    ...request,
    signedHeaders,
    payloadHash,
    encodings: "once" as const,
    ...(without === undefined ? {} : { without }),
  };
  if (!sameSignature(signRequest(covered, key, stamp, scope), signature)) {
    throw storageError(
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      { AWSAccessKeyId: authorization.accessKey },
    );
  }
  return { region, payloadHash, seed: { key, stamp, scope: scopeText(scope), signature } };
}
