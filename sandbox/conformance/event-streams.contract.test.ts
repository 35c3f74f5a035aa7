import {
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { internalStreamFailure } from "../runtime/frames.ts";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { callByName } from "./call-by-name.ts";
import { hasBoto, runPython } from "./programs.ts";
import { type Recording, startReplayServer } from "./replay-server.ts";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const AUTHORIZATION =
  "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=00";
const TEXT = ["Hé", "llo", " 你好", " 😀", "!", " And", " more", "."];
const CODEC = new EventStreamCodec(toUtf8, fromUtf8);
const JS_ROUNDS = 12;
const boto = await hasBoto();

const recordings = new Map<string, Recording>();
let whole = "";
let replay: Awaited<ReturnType<typeof startReplayServer>>;

beforeAll(async () => {
  const sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
  await createBroken(sandbox.url);
  const good = await record(sandbox, "sagescope-demo");
  const broken = await record(sandbox, "broken");
  await sandbox.close();
  // The frames may end inside a character; only all of them are text.
  whole = toUtf8(Buffer.concat(good.frames.map((frame) => CODEC.decode(frame).body)));
  const [first = new Uint8Array()] = good.frames;
  recordings.set("good", { bytes: good.bytes });
  recordings.set("exception", { bytes: broken.bytes });
  recordings.set("internal", { bytes: Buffer.concat([first, internalStreamFailure("gone")]) });
  recordings.set("checksum", { bytes: withLastByteFlipped(good.bytes) });
  recordings.set("cut", { bytes: good.bytes.subarray(0, -7), drops: true });
  const bad = frame({ ":message-type": "error", ":error-code": "Odd", ":error-message": "said so" }, "");
  recordings.set("error", { bytes: Buffer.concat([first, bad]) });
  const event = { ":message-type": "event", ":event-type": "Later", ":content-type": "application/json" };
  recordings.set("unknown", { bytes: Buffer.concat([frame(event, "{}"), good.bytes]) });
  replay = await startReplayServer(recordings);
});
afterAll(() => replay.close());

async function createBroken(url: string): Promise<void> {
  const call = (name: string, input: object) => callByName(url, "sagemaker", name, input);
  await call("CreateModel", {
    ModelName: "broken",
    ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
    PrimaryContainer: { Image: LMI, Environment: { LMI_SANDBOX_FAULT: "stream-broken" } },
  });
  const variant = {
    VariantName: "v1",
    ModelName: "broken",
    InstanceType: "ml.g5.xlarge",
    InitialInstanceCount: 1,
  };
  await call("CreateEndpointConfig", { EndpointConfigName: "broken", ProductionVariants: [variant] });
  await call("CreateEndpoint", { EndpointName: "broken", EndpointConfigName: "broken" });
}

/** The bytes of one streamed answer as they came over the wire. */
async function record(sandbox: Awaited<ReturnType<typeof startTestSandbox>>, endpoint: string) {
  const tokens = TEXT.map((text, index) => ({ id: index + 1, text, logProb: -0.5 }));
  await sandbox.control("script", { endpoint, times: 1, script: { tokens, finish: "eos" } });
  const answer = await fetch(`${sandbox.url}/endpoints/${endpoint}/invocations-response-stream`, {
    method: "POST",
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    body: '{"inputs":"hi","stream":true}',
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { bytes, frames: framesOf(bytes) };
}

// The length of a frame is its first four bytes, itself included.
function framesOf(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = start + Buffer.from(bytes).readUInt32BE(start);
    frames.push(bytes.subarray(start, end));
    start = end;
  }
  return frames;
}

function frame(headers: Record<string, string>, body: string): Uint8Array {
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: "string", value }] as const);
  return CODEC.encode({ headers: Object.fromEntries(typed), body: fromUtf8(body) });
}

function withLastByteFlipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 0xff;
  return copy;
}

async function ask(name: string, seed: number) {
  const client = new SageMakerRuntimeClient({
    region: "us-east-1",
    endpoint: replay.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
  const parts: Uint8Array[] = [];
  let failure: unknown;
  try {
    const command = new InvokeEndpointWithResponseStreamCommand({
      EndpointName: `${name}-${seed}`,
      Body: "{}",
    });
    for await (const event of (await client.send(command)).Body ?? []) {
      if (event.PayloadPart?.Bytes !== undefined) parts.push(event.PayloadPart.Bytes);
    }
  } catch (error) {
    failure = error;
  }
  return { text: Buffer.concat(parts).toString("utf8"), failure };
}

describe("the JavaScript client", () => {
  test("reads the same text however the network cuts it", async () => {
    expect(whole).toContain(TEXT.join(""));
    for (let seed = 0; seed < JS_ROUNDS; seed += 1) {
      expect(await ask("good", seed)).toEqual({ text: whole, failure: undefined });
      expect(await ask("unknown", seed)).toEqual({ text: whole, failure: undefined });
    }
  });

  test.each([
    ["exception", { name: "ModelStreamError", ErrorCode: "StreamBroken" }],
    ["internal", { name: "InternalStreamFailure", message: "gone" }],
    ["error", { name: "Odd", message: "said so" }],
    ["checksum", { message: expect.stringContaining("checksum") }],
    ["cut", { message: "aborted" }],
  ])("says what ended the stream: %s", async (name, expected) => {
    for (let seed = 0; seed < 5; seed += 1) {
      const { text, failure } = await ask(name, seed);
      expect(failure).toMatchObject(expected);
      expect(whole.startsWith(text.slice(0, 5)) && text.length > 0).toBe(true);
    }
  });
});

type Read = {
  same: boolean;
  messages: [Record<string, string>, string][];
  error: string | null;
  client: [string, string | null, string];
};

describe.skipIf(!boto)(`botocore${boto ? "" : " (not installed)"}`, () => {
  let found: Record<string, Read>;
  beforeAll(async () => {
    const words = [...recordings].map(([name, { bytes }]) => `${name}=${Buffer.from(bytes).toString("hex")}`);
    found = await runPython("check-streams.py", [replay.url, ...words]);
  });

  test("decodes every recording the same however it is cut, to the bytes the JavaScript codec finds", () => {
    expect(Object.values(found).map((read) => read.same)).toEqual(Array(recordings.size).fill(true));
    const text = found.good?.messages.map(([, payload]) => Buffer.from(payload, "hex").toString("latin1"));
    expect(Buffer.from(text?.join("") ?? "", "latin1").toString("utf8")).toBe(whole);
    expect(found.good?.messages[0]?.[0]).toEqual({
      ":message-type": "event",
      ":event-type": "PayloadPart",
      ":content-type": "application/octet-stream",
    });
    expect(found.exception?.messages.at(-1)?.[0]).toMatchObject({
      ":message-type": "exception",
      ":exception-type": "ModelStreamError",
    });
  });

  test.each([
    ["exception", "EventStreamError", "StreamBroken|ModelStreamError"],
    ["internal", "EventStreamError", "InternalStreamFailure"],
    ["error", "EventStreamError", "Odd"],
    ["checksum", "ChecksumMismatch", "Checksum"],
    ["cut", "ProtocolError", "Connection broken|ended prematurely"],
  ])("raises what ended the stream: %s", (name, error, words) => {
    const [text, raised, message] = found[name]?.client ?? ["", null, ""];
    expect(raised).toBe(error);
    expect(message).toMatch(new RegExp(words));
    expect(text.length).toBeGreaterThan(0);
  });

  test("passes over an event it does not know", () => {
    expect(found.unknown?.client.slice(0, 2)).toEqual([whole, null]);
  });
});
