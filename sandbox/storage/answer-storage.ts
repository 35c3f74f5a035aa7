import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { AwsError } from "../aws-error.ts";
import { authenticate } from "./authenticate.ts";
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from "./buckets.ts";
import type { StorageAnswer, StorageCall } from "./call.ts";
import { listObjects } from "./list-objects.ts";
import { copyObject, deleteObject, deleteObjects, getObject, putObject } from "./objects.ts";
import { requireBucket, type Storage } from "./storage.ts";
import { errorHeaders, errorXml, storageError } from "./storage-error.ts";
import { abortUpload, completeUpload, createUpload, uploadPart } from "./uploads.ts";

// What JSON services call otherwise; S3 has it before the signature is looked at.
const CODES: Readonly<Record<string, string>> = {
  IncompleteSignatureException: "AuthorizationHeaderMalformed",
};
const LONGEST_KEY = 1024;
// Parameters that choose a call; every other word without a value asks for something that is not here.
const CHOOSING = ["uploads", "uploadId", "partNumber", "delete", "location", "list-type"];
const ALLOWED = new RegExp(
  `^(?:${CHOOSING.join("|")}|x-id|X-Amz-.*|prefix|delimiter|max-keys|encoding-type|continuation-token|start-after|fetch-owner|response-.*|max-buckets|bucket-region)$`,
);

type Run = (call: StorageCall) => StorageAnswer | Promise<StorageAnswer>;

const CALLS: Readonly<Record<string, Run>> = {
  "GET account": listBuckets,
  "PUT bucket": createBucket,
  "HEAD bucket": headBucket,
  "DELETE bucket": deleteBucket,
  "GET bucket location": getBucketLocation,
  "GET bucket list-type": listObjects,
  "POST bucket delete": deleteObjects,
  "PUT object": (call) =>
    call.headers["x-amz-copy-source"] === undefined ? putObject(call) : copyObject(call),
  "GET object": (call) => getObject(call, true),
  "HEAD object": (call) => getObject(call, false),
  "DELETE object": deleteObject,
  "POST object uploads": createUpload,
  "PUT object uploadId partNumber": uploadPart,
  "POST object uploadId": completeUpload,
  "DELETE object uploadId": abortUpload,
};

/** Answers one request of S3, refusals included; `now` is the wall clock. Returns the name it has in the log. */
export async function answerStorage(
  storage: Storage,
  now: number,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<string> {
  const method = request.method ?? "GET";
  const target = request.url ?? "/";
  const [path = "/"] = target.split("?");
  response.setHeader("x-amz-request-id", id);
  try {
    const caller = authenticate({ method, target, headers: request.headers }, now);
    const answer = await run({ storage, caller, ...readTarget(target), ...readRequest(request) }, method);
    await storage.store.flushed();
    await send(response, answer, method);
  } catch (error) {
    if (!(error instanceof AwsError) || response.headersSent) throw error;
    const known = new AwsError(CODES[error.code] ?? error.code, error.message, error.status);
    // What the client still sends is read, or it would never look at the answer; up to a point.
    drain(request);
    const body = errorXml(known.code === error.code ? error : known, path, id);
    await send(response, { status: error.status, headers: errorHeaders(error), body }, method);
  }
  return `S3 ${path.split("/")[1] ?? ""}`;
}

async function run(call: StorageCall, method: string): Promise<StorageAnswer> {
  const { bucket, key, query } = call;
  const level = bucket === "" ? `account${key}` : key === "" ? "bucket" : "object";
  const words = CHOOSING.filter((word) => query.has(word));
  const found = CALLS[[method, level, ...words].join(" ")];
  const strange = [...query.keys()].find((name) => !ALLOWED.test(name));
  if (found === undefined || strange !== undefined) {
    throw storageError(
      "NotImplemented",
      501,
      "A header or query you provided implies functionality that is not implemented.",
      { Header: strange ?? (words.join("&") || method) },
    );
  }
  if (Buffer.byteLength(key) > LONGEST_KEY) {
    throw storageError("KeyTooLongError", 400, "Your key is too long", {
      Size: String(Buffer.byteLength(key)),
      MaxSizeAllowed: String(LONGEST_KEY),
    });
  }
  if (bucket !== "" && !(method === "PUT" && level === "bucket")) requireRegion(call);
  return found(call);
}

/** A bucket answers in its own region alone; SDKs read the right one from the refusal. */
function requireRegion({ storage, bucket, caller }: StorageCall): void {
  const { region } = requireBucket(storage, bucket);
  if (region !== caller.region) {
    throw storageError(
      "AuthorizationHeaderMalformed",
      400,
      `The authorization header is malformed; the region '${caller.region}' is wrong; expecting '${region}'`,
      { Region: region },
    );
  }
}

function readTarget(target: string): { bucket: string; key: string; query: URLSearchParams } {
  const [path = "/", query = ""] = target.split(/\?(.*)/s);
  const match = /^\/([^/]*)\/?(.*)$/s.exec(path);
  try {
    return {
      bucket: decodeURIComponent(match?.[1] ?? ""),
      key: decodeURIComponent(match?.[2] ?? ""),
      query: new URLSearchParams(query),
    };
  } catch {
    throw storageError("InvalidURI", 400, "Couldn't parse the specified URI.");
  }
}

function readRequest(request: IncomingMessage) {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value] as const,
  );
  // A loop that is left early would otherwise take the connection, and the refusal, with it.
  const body: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  return { headers: Object.fromEntries(headers), body };
}

async function send(
  response: ServerResponse,
  { status, headers, body }: StorageAnswer,
  method: string,
): Promise<void> {
  const isText = typeof body === "string";
  response.writeHead(status, {
    ...headers,
    ...(isText ? { "content-type": "application/xml", "content-length": Buffer.byteLength(body) } : {}),
    ...(body === undefined && status < 300 && headers?.["content-length"] === undefined
      ? { "content-length": 0 }
      : {}),
  });
  if (body === undefined || method === "HEAD" || isText) {
    response.end(isText && method !== "HEAD" ? body : undefined);
    return;
  }
  // A client that leaves is no trouble of ours; a file that cannot be read breaks the connection off.
  await pipeline(body, response).catch(() => response.destroy());
}

const DRAINED = 64 * 1024 * 1024;

function drain(request: IncomingMessage): void {
  let size = 0;
  request.on("data", (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > DRAINED) request.destroy();
  });
}
