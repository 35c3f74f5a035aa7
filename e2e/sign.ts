import { createHash, createHmac } from "node:crypto";

const REGION = "us-east-1";
const KEY = "sandbox";

/** Headers of a signed call to SageMaker's control plane, written out by hand: a journey imports no SDK. */
export function signedHeaders(host: string, target: string, body: string, now: Date): Record<string, string> {
  const moment = now.toISOString().replace(/[:-]|\.\d{3}/g, "");
  const day = moment.slice(0, 8);
  const headers: Record<string, string> = {
    "content-type": "application/x-amz-json-1.1",
    host,
    "x-amz-date": moment,
    "x-amz-target": `SageMaker.${target}`,
  };
  const names = Object.keys(headers).sort().join(";");
  const canonicalHeaders = Object.entries(headers)
    .sort()
    .map(([name, value]) => `${name}:${value}\n`)
    .join("");
  const request = ["POST", "/", "", canonicalHeaders, names, sha256(body)].join("\n");
  const scope = `${day}/${REGION}/sagemaker/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", moment, scope, sha256(request)].join("\n");
  const key = [day, REGION, "sagemaker", "aws4_request"].reduce(
    (secret, word) => hmac(secret, word),
    Buffer.from(`AWS4${KEY}`),
  );
  const signature = hmac(key, toSign).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function sha256(text: string) {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string) {
  return createHmac("sha256", key).update(text).digest();
}
