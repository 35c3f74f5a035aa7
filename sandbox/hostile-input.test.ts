import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestSandbox } from "./start-test-sandbox.ts";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

// Another key than the sandbox's own: its signature is not checked.
const AUTHORIZATION =
  "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=00";

function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const all = { authorization: AUTHORIZATION, "x-amz-target": "SageMaker.CreateModel", ...headers };
  return fetch(sandbox.url + path, { method: "POST", headers: all, body: Buffer.from(body) });
}

test.each<[string, string | Uint8Array, string]>([
  ["text that is not JSON", "{", "SerializationException"],
  ["JSON that is no object", "[1]", "SerializationException"],
  ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "SerializationException"],
  ["nesting without end", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "SerializationException"],
  ["a key that is no own property", '{"ModelName":"m","__proto__":{"Tags":[]}}', "ValidationException"],
  [
    "ten thousand tags",
    JSON.stringify({ ModelName: "m", Tags: Array(10_000).fill({ Key: "k", Value: "" }) }),
    "ValidationException",
  ],
])("%s is refused in AWS's form", async (_name, body, type) => {
  const answer = await post("/", body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/x-amz-json-1.1");
  expect(await answer.json()).toMatchObject({ __type: type });
});

test.each([
  ["an operation without a name", "/", { "x-amz-target": "SageMaker." }],
  ["a property of every object", "/", { "x-amz-target": "SageMaker.constructor" }],
  ["another service", "/", { "x-amz-target": "Logs_20140328.DescribeLogGroups" }],
  ["a path of nobody", "/endpoints/x/other", { "x-amz-target": "" }],
])("%s is an unknown operation", async (_name, path, headers) => {
  const answer = await post(path, "{}", headers);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: "UnknownOperationException" });
});

test("a body that is too large is refused after it was read", async () => {
  const answer = await post("/", new Uint8Array(1_100_000));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ __type: "RequestEntityTooLargeException" });
});

test("a client that leaves while it sends is no defect", async () => {
  const socket = connect(sandbox.port, "127.0.0.1", () => {
    socket.write(
      `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Length: 100\r\n\r\n{`,
    );
    setTimeout(() => socket.destroy(), 50);
  });
  await expect.poll(() => sandbox.lines.join("\n")).toContain("the client left");
  expect(sandbox.lines.join("\n")).not.toContain("defect");
});
