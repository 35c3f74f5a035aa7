import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let before: unknown[];

// Another key than the sandbox's own: its signature is not checked.
const AUTHORIZATION =
  "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=00";

beforeEach(async () => {
  sandbox = await startTestSandbox();
  // The first call to a region writes its demonstration; from here on nothing may be written.
  expect((await post("/", "{}", { "x-amz-target": "SageMaker.ListModels" })).status).toBe(200);
  before = await traces();
});
afterEach(async () => {
  expect(await traces()).toEqual(before);
  expect(sandbox.lines.filter((line) => line.includes("defect"))).toEqual([]);
  await sandbox.close();
});

/** All that a call could change. */
async function traces(): Promise<unknown[]> {
  const journal = readFileSync(join(sandbox.settings.folder, "journal.jsonl"), "utf8");
  return [journal, await (await sandbox.control("state")).json()];
}

function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const all = { authorization: AUTHORIZATION, "x-amz-target": "SageMaker.CreateModel", ...headers };
  return fetch(sandbox.url + path, { method: "POST", headers: all, body: Buffer.from(body) });
}

/** Writes bytes that no client library would and answers what comes back until the connection ends. */
function raw(text: string, timeout = 3000): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(sandbox.port, "127.0.0.1", () => socket.write(text));
    socket.setTimeout(timeout, () => socket.destroy());
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });
}

function request(line: string, ...headers: string[]): string {
  const all = [
    line,
    `Host: 127.0.0.1:${sandbox.port}`,
    `Authorization: ${AUTHORIZATION}`,
    "Connection: close",
    ...headers,
  ];
  return `${all.join("\r\n")}\r\n\r\n`;
}

const NESTED = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
const MODEL = { ModelName: "m", ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role" };

function notUtf8InAValue(): Uint8Array {
  const container = { Image: "image", Environment: { A: "?" } };
  const text = JSON.stringify({ ...MODEL, PrimaryContainer: container });
  return Buffer.from(text).map((byte) => (byte === 0x3f ? 0xff : byte));
}

test.each<[string, string | Uint8Array, string]>([
  ["text that is not JSON", "{", "SerializationException"],
  ["JSON that is no object", "[1]", "SerializationException"],
  ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "SerializationException"],
  ["a value that is not UTF-8", notUtf8InAValue(), "SerializationException"],
  ["nesting without end", NESTED, "SerializationException"],
  ["lists without end", `{"ModelName":${"[".repeat(20_000)}`, "SerializationException"],
  ["a number as a name", '{"ModelName":1e999}', "SerializationException"],
  ["a key that is no own property", '{"ModelName":"m","__proto__":{"Tags":[]}}', "ValidationException"],
  ["a name with a line end", '{"ModelName":"m\\r\\nX-Evil: 1"}', "ValidationException"],
  ["a name of zero bytes", '{"ModelName":"\\u0000"}', "ValidationException"],
  [
    "ten thousand tags",
    JSON.stringify({ ...MODEL, Tags: Array(10_000).fill({ Key: "k", Value: "" }) }),
    "ValidationException",
  ],
  [
    "a million characters in a name",
    JSON.stringify({ ...MODEL, ModelName: "-".repeat(1_000_000) }),
    "ValidationException",
  ],
])("%s is refused in AWS's form", async (_name, body, type) => {
  const answer = await post("/", body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/x-amz-json-1.1");
  expect(answer.headers.get("x-evil")).toBeNull();
  expect(await answer.json()).toMatchObject({ __type: type });
});

test.each([
  ["an operation without a name", "/", { "x-amz-target": "SageMaker." }],
  ["a property of every object", "/", { "x-amz-target": "SageMaker.constructor" }],
  ["another service", "/", { "x-amz-target": "Kinesis_20131202.ListStreams" }],
  ["a path of nobody", "/endpoints/x/other", { "x-amz-target": "" }],
])("%s is an unknown operation", async (_name, path, headers) => {
  const answer = await post(path, "{}", headers);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: "UnknownOperationException" });
});

test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])(
  "%s of an unknown path is refused without HTML",
  async (method) => {
    const target = "/endpoints/../../etc/passwd%00?a=%ff";
    const answer = await raw(request(`${method} ${target} HTTP/1.1`, "Content-Length: 0"));
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.toLowerCase()).toContain("x-amzn-requestid");
    expect(answer).not.toMatch(/<html|<!doctype/i);
  },
);

test("64 MB in a small gzip is refused before it is unpacked", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "), { level: 9 });
  const before = process.memoryUsage().arrayBuffers;
  const answer = await post("/", bomb, { "content-encoding": "gzip" });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: "SerializationException" });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
});

describe("a body that is too large is refused after it was read", () => {
  test("by the control plane", async () => {
    const answer = await post("/", new Uint8Array(7_000_000));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ __type: "RequestEntityTooLargeException" });
  });

  test.each(["invocations", "invocations-response-stream"])("by the runtime: %s", async (path) => {
    const answer = await post(`/endpoints/sagescope-demo/${path}`, new Uint8Array(7_000_000));
    expect(answer.status).toBe(413);
    expect(answer.headers.get("x-amzn-errortype")).toMatch(/^ValidationError:/);
  });
});

test.each([
  ["Host: evil.example"],
  [`Host: 127.0.0.1.evil.example:80`],
  ["Host: 127.0.0.1", "Origin: http://evil.example"],
  ["Host: 127.0.0.1", "Origin: null"],
  ["Host: 127.0.0.1", "Sec-Fetch-Site: cross-site"],
])("a page of elsewhere is turned away: %s %s", async (...headers) => {
  const lines = ["POST /_sandbox/reset HTTP/1.1", ...headers.filter(Boolean), "Connection: close"];
  const answer = await raw(`${lines.join("\r\n")}\r\nContent-Length: 2\r\n\r\n{}`);
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer.toLowerCase()).not.toContain("access-control-allow");
});

test.each([
  ["a header that never ends", () => request("POST / HTTP/1.1", `X-Amz-Target: ${"a".repeat(100_000)}`), 431],
  ["a line end inside a header", () => request("POST / HTTP/1.1", "X-Amz-Target: a\rX-Evil: 1"), 400],
  ["a header without a name", () => request("POST / HTTP/1.1", ": nothing"), 400],
  ["two lengths", () => request("POST / HTTP/1.1", "Content-Length: 1", "Content-Length: 2"), 400],
  ["no HTTP at all", () => "\u0000\u0001\u0002\r\n\r\n", 400],
])("%s is refused before it is read", async (_name, text, status) => {
  const answer = await raw(text());
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).not.toMatch(/<html/i);
});

describe("a client that is slow or leaves", () => {
  const half = () => request("POST / HTTP/1.1", "X-Amz-Target: SageMaker.ListModels", "Content-Length: 100");

  test("while it sends is no defect", async () => {
    const socket = connect(sandbox.port, "127.0.0.1", () => {
      socket.write(`${half()}{`);
      setTimeout(() => socket.destroy(), 50);
    });
    await expect.poll(() => sandbox.lines.join("\n")).toContain("the client left");
  });

  test("keeps nobody else waiting: a hundred half requests, header and body", async () => {
    const sockets = Array.from({ length: 100 }, (_, index) => {
      const text = index % 2 === 0 ? `${half()}{` : half().slice(0, 40);
      const socket = connect(sandbox.port, "127.0.0.1", () => socket.write(text));
      socket.on("error", () => undefined);
      return socket;
    });
    expect((await post("/", "{}", { "x-amz-target": "SageMaker.ListModels" })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});
