import { createServer } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectTo } from "./connect-to.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { getConnection } from "./get-connection.ts";
import { invokeStream } from "./invoke-stream.ts";
import { listEndpoints } from "./list-endpoints.ts";
import type { Peer } from "./spawn-peer.ts";
import { spawnSandbox } from "./spawn-sandbox.ts";

const KEYS = { key: "sandbox", secret: "sandbox" };

let peer: Peer;
beforeAll(async () => {
  peer = await spawnSandbox();
});
afterAll(() => peer?.stop());

it("does not take a wrong secret", async () => {
  connectTo(process.env, peer.url, { ...KEYS, secret: "wrong" });
  expect(await listEndpoints()).toMatchObject({
    failure: { code: "not-allowed", message: "AWS does not accept the signature of the request." },
  });
  const connection = await getConnection();
  expect(connection).toMatchObject({ account: null, isLocal: true, failure: { code: "not-allowed" } });
  expect(JSON.stringify(connection)).not.toContain("wrong");
});

it("says that nothing answers, and where", async () => {
  connectTo(process.env, "http://127.0.0.1:9", KEYS);
  expect(await describeEndpoint("e")).toMatchObject({
    failure: { code: "unreachable", message: "Nothing answers at 127.0.0.1:9." },
  });
  expect(await invokeStream({ endpointName: "e", body: "{}" })).toMatchObject({
    failure: { code: "unreachable" },
  });
});

it("does not take a web page for SageMaker", async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Welcome to nginx!</html>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  connectTo(process.env, `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, KEYS);
  const foreign = { code: "unreachable", message: "What answered is not a SageMaker endpoint." };
  expect(await describeEndpoint("e")).toMatchObject({ failure: foreign });
  server.close();
  server.closeAllConnections();
});

it("says that no credentials and no region are set", async () => {
  connectTo(process.env, peer.url, KEYS);
  delete process.env.AWS_ACCESS_KEY_ID;
  expect(await listEndpoints()).toMatchObject({ failure: { message: "No AWS credentials were found." } });
  expect(await getConnection()).toMatchObject({ region: "us-east-1", isLocal: true, account: null });
  connectTo(process.env, peer.url, KEYS);
  delete process.env.AWS_REGION;
  expect(await getConnection()).toMatchObject({
    region: null,
    failure: { message: "No valid AWS region is set." },
  });
});
