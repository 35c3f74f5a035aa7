import { createServer, type RequestListener, type Server } from "node:http";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { afterEach, expect, it } from "vitest";
import { connectTo } from "./connect-to.ts";
import { describeStreamFailure } from "./describe-stream-failure.ts";
import { invokeStream } from "./invoke-stream.ts";
import { listEndpoints } from "./list-endpoints.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A host that answers as AWS does on a bad day, and that no well-behaved peer can be made to play. */
async function host(listener: RequestListener): Promise<void> {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  const address = opened.address();
  const port = typeof address === "object" ? address?.port : 0;
  connectTo(process.env, `http://127.0.0.1:${port}`, { key: "a", secret: "b" });
}

function json(body: unknown): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "Content-Type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  };
}

it("reads past empty pages that carry a token", async () => {
  const endpoint = {
    EndpointName: "e",
    EndpointArn: "arn",
    EndpointStatus: "Hibernating",
    CreationTime: 1,
    LastModifiedTime: 2,
  };
  const pages = [
    { Endpoints: [], NextToken: "1" },
    { Endpoints: [], NextToken: "2" },
    { Endpoints: [endpoint] },
  ];
  await host((request, response) => json(pages.shift())(request, response));
  expect(await listEndpoints()).toEqual({
    ok: true,
    value: [{ name: "e", arn: "arn", status: "Unknown", createdAt: 1_000, modifiedAt: 2_000 }],
  });
});

it("does not follow tokens for ever", async () => {
  let pages = 0;
  await host((request, response) => {
    pages += 1;
    json({ Endpoints: [], NextToken: `${pages}` })(request, response);
  });
  expect(await listEndpoints()).toEqual({ ok: true, value: [] });
  expect(pages).toBe(50);
});

it("understands the runtime's throttling, whose message is null, and does not repeat the prompt", async () => {
  let prompts = 0;
  await host((_, response) => {
    prompts += 1;
    response
      .writeHead(400, { "Content-Type": "application/json", "x-amzn-ErrorType": "ThrottlingException" })
      .end('{"message":null}');
  });
  expect(await invokeStream({ endpointName: "e", body: "{}" })).toMatchObject({
    failure: { code: "throttled" },
  });
  expect(prompts).toBe(1);
});

it("unwraps what a container said before its first byte", async () => {
  await host((_, response) => {
    const body = {
      ErrorCode: "CLIENT_ERROR_FROM_MODEL",
      OriginalStatusCode: 424,
      OriginalMessage: '{"error":"Input Parsing failed.","code":424}',
      Message: "Received client error",
    };
    response
      .writeHead(424, {
        "Content-Type": "application/json",
        "x-amzn-ErrorType": "ModelError:http://internal.amazon.com/",
      })
      .end(JSON.stringify(body));
  });
  expect(await invokeStream({ endpointName: "e", body: "{}" })).toMatchObject({
    failure: { code: "invalid", detail: "Input Parsing failed." },
  });
});

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function frame(headers: Record<string, string>, body: string): Uint8Array {
  const typed = Object.entries(headers).map(
    ([name, value]) => [name, { type: "string", value } as const] as const,
  );
  return codec.encode({ headers: Object.fromEntries(typed), body: fromUtf8(body) });
}

const PART = frame(
  { ":message-type": "event", ":event-type": "PayloadPart", ":content-type": "application/octet-stream" },
  "line\n",
);

function damaged(): Uint8Array {
  const bytes = Uint8Array.from(PART);
  bytes.set([0x58], bytes.length - 6);
  return bytes;
}

async function read(last: Uint8Array, isCut = false) {
  await host((_, response) => {
    response.writeHead(200, { "Content-Type": "application/vnd.amazon.eventstream" });
    response.write(PART);
    response.write(last, () => (isCut ? response.destroy() : response.end()));
  });
  const stream = await invokeStream({ endpointName: "e", body: "{}" });
  if (!stream.ok) return expect.fail(stream.failure.message);
  let bytes = 0;
  try {
    for await (const chunk of stream.value.bytes) bytes += chunk.length;
    return { bytes, failure: null };
  } catch (error) {
    return { bytes, failure: describeStreamFailure(error) };
  }
}

it("reads a stream that ends well", async () => {
  expect(await read(PART)).toEqual({ bytes: 10, failure: null });
});

it.each([
  ["a frame whose checksum is wrong", damaged(), /checksum is wrong/],
  [
    "a frame that is cut off, by a stream that ends as if nothing were",
    PART.subarray(0, 20),
    /cut in the middle/,
  ],
  [
    "an exception frame that gives the time limit",
    frame(
      {
        ":message-type": "exception",
        ":exception-type": "ModelStreamError",
        ":content-type": "application/json",
      },
      '{"Message":"Your model primary did not complete","ErrorCode":"ModelInvocationTimeExceeded"}',
    ),
    /eight minutes/,
  ],
  [
    "an exception frame of SageMaker's own",
    frame(
      {
        ":message-type": "exception",
        ":exception-type": "InternalStreamFailure",
        ":content-type": "application/json",
      },
      '{"Message":"x"}',
    ),
    /problem of its own/,
  ],
  [
    "an error frame that no model describes",
    frame(
      { ":message-type": "error", ":error-code": "ThrottlingException", ":error-message": "slow down" },
      "",
    ),
    /too many requests/,
  ],
])("keeps what came before %s", async (_name, last, message) => {
  const { bytes, failure } = await read(last);
  expect(bytes).toBe(5);
  expect(failure?.message).toMatch(message);
});

it("keeps what came before a connection that is torn down", async () => {
  const { bytes, failure } = await read(PART.subarray(0, 20), true);
  expect(bytes).toBe(5);
  expect(failure?.message).toMatch(/cut in the middle/);
});
