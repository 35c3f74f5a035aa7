import { spawnSync } from "node:child_process";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { EXPIRY_KEY } from "#lib/endpoint/expiry.ts";
import type { Result } from "#lib/failure.ts";
import { sagemaker } from "./clients.ts";
import { connectTo } from "./connect-to.ts";
import { containerOfEndpoint } from "./container-of-endpoint.ts";
import { createEndpoint } from "./create-endpoint.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { describeStreamFailure } from "./describe-stream-failure.ts";
import { endpointWatch } from "./endpoint-watch.ts";
import { extendExpiry } from "./extend-expiry.ts";
import { getConnection } from "./get-connection.ts";
import { invokeStream } from "./invoke-stream.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { type Peer, spawnPeer } from "./spawn-peer.ts";
import { spawnSandbox } from "./spawn-sandbox.ts";

const ROLE = "arn:aws:iam::000000000000:role/execution";
const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const PROMPT = JSON.stringify({ inputs: "Sleep is", parameters: { max_new_tokens: 8 }, stream: true });

function wish(endpointName: string, change: Partial<CreateEndpointInput> = {}): CreateEndpointInput {
  return {
    endpointName,
    image: IMAGE,
    environment: { HF_MODEL_ID: "sagescope/demo", HF_TOKEN: "hf_hidden" },
    instanceType: "ml.g4dn.xlarge",
    instanceCount: 1,
    executionRoleArn: ROLE,
    tags: [{ key: "team", value: "tests" }],
    ...change,
  };
}

const KEYS = { key: "sandbox", secret: "sandbox" };

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

async function countParts() {
  const models = await sagemaker().send(new ListModelsCommand({ MaxResults: 100 }));
  const configs = await sagemaker().send(new ListEndpointConfigsCommand({ MaxResults: 100 }));
  return { models: models.Models?.length, configs: configs.EndpointConfigs?.length };
}

/** What every implementation of the control plane owes us. */
function controlPlane() {
  it("makes, shows, lists and deletes an endpoint with all its parts", async () => {
    const before = await countParts();
    const name = `contract-${Date.now().toString(36)}`;
    const created = unwrap(await createEndpoint(wish(name)));
    expect(created.modelName).toMatch(new RegExp(`^${name}-[0-9a-f]{8}$`));

    const { endpoint } = unwrap(await describeEndpoint(name));
    expect(endpoint).toMatchObject({ name, configName: created.configName, failureReason: null });
    expect(endpoint.variants).toMatchObject([
      {
        name: "AllTraffic",
        modelName: created.modelName,
        instanceType: "ml.g4dn.xlarge",
        container: { image: IMAGE, label: "LMI v27 (0.36.0), vLLM async" },
      },
    ]);
    expect(endpoint.variants[0]?.container?.environment.HF_TOKEN).not.toContain("hidden");
    expect(endpoint.tags).toContainEqual({ key: "team", value: "tests" });
    expect(endpoint.createdAt).toBeGreaterThan(Date.now() - 600_000);
    expect(unwrap(await listEndpoints()).map((row) => row.name)).toContain(name);

    const { expiresAt } = unwrap(await extendExpiry(name, Date.now()));
    const { tags } = unwrap(await describeEndpoint(name)).endpoint;
    expect(tags).toContainEqual({ key: EXPIRY_KEY, value: expiresAt });

    const deleted = unwrap(await deleteEndpoint({ name, alsoConfigAndModels: true }));
    expect(deleted.kept).toEqual([]);
    expect(await countParts()).toEqual(before);
    expect(await describeEndpoint(name)).toMatchObject({ ok: false, failure: { code: "not-found" } });
  });

  it("calls a missing endpoint missing", async () => {
    const failure = { code: "not-found", message: expect.stringContaining("nobody") };
    expect(await describeEndpoint("nobody")).toMatchObject({ ok: false, failure });
    expect(await deleteEndpoint({ name: "nobody", alsoConfigAndModels: true })).toMatchObject({
      ok: false,
      failure: { code: "not-found" },
    });
  });
}

describe("against the local program", () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await spawnSandbox("0");
  });
  afterAll(() => peer?.stop());

  describe("control plane", () => {
    beforeAll(() => connectTo(process.env, peer.url, KEYS));
    controlPlane();

    it("refuses a name that is taken and takes back what it had made", async () => {
      unwrap(await createEndpoint(wish("taken")));
      const before = await countParts();
      const other = wish("taken", { environment: { HF_MODEL_ID: "else" } });
      expect(await createEndpoint(other)).toMatchObject({
        ok: false,
        failure: { code: "conflict", message: "The endpoint taken already exists.", field: "endpointName" },
      });
      expect(await createEndpoint(wish("taken"))).toMatchObject({ failure: { code: "conflict" } });
      expect(await countParts()).toEqual(before);
    });

    it("says which field AWS does not take", async () => {
      const before = await countParts();
      expect(await createEndpoint(wish("typo", { instanceType: "ml.bogus.xlarge" }))).toMatchObject({
        failure: {
          code: "invalid",
          field: "instanceType",
          message: expect.stringContaining("ml.bogus.xlarge"),
        },
      });
      expect(await createEndpoint(wish("short", { startupTimeoutSeconds: 1 }))).toMatchObject({
        failure: { code: "invalid", field: "startupTimeoutSeconds" },
      });
      expect(await createEndpoint(wish("bad_name"))).toMatchObject({ failure: { field: "endpointName" } });
      expect(await countParts()).toEqual(before);
    });

    it("leaves configurations and models alone that somebody else made", async () => {
      const client = sagemaker();
      await client.send(
        new CreateModelCommand({
          ModelName: "theirs",
          ExecutionRoleArn: ROLE,
          PrimaryContainer: { Image: IMAGE },
        }),
      );
      await client.send(
        new CreateEndpointConfigCommand({
          EndpointConfigName: "theirs",
          ProductionVariants: [
            { VariantName: "v", ModelName: "theirs", InstanceType: "ml.g5.xlarge", InitialInstanceCount: 1 },
          ],
        }),
      );
      await client.send(new CreateEndpointCommand({ EndpointName: "theirs", EndpointConfigName: "theirs" }));
      const before = await countParts();
      const deleted = unwrap(await deleteEndpoint({ name: "theirs", alsoConfigAndModels: true }));
      expect(deleted.deleted).toEqual(["endpoint theirs"]);
      expect(deleted.kept.map((kept) => kept.what)).toEqual([
        "endpoint configuration theirs",
        "model theirs",
      ]);
      expect(await countParts()).toEqual(before);
    });

    it("shows where it is", async () => {
      const host = new URL(peer.url).host;
      expect(await getConnection()).toEqual({
        account: "000000000000",
        region: "us-east-1",
        profile: null,
        controlHost: host,
        runtimeHost: host,
        isLocal: true,
      });
    });
  });

  describe("prompts", () => {
    beforeAll(async () => {
      connectTo(process.env, peer.url, KEYS);
      unwrap(await createEndpoint(wish("prompts")));
      const faults = ["error-before", "error-midstream", "stream-broken", "cut-midframe", "stall", "slow"];
      await Promise.all(
        faults.map((fault) =>
          createEndpoint(wish(`f-${fault}`, { environment: { LMI_SANDBOX_FAULT: fault } })).then(unwrap),
        ),
      );
    });

    /** The next prompts of an endpoint answer these words; what a model would say is of no matter here. */
    async function script(endpoint: string, words: string[]) {
      const tokens = words.map((text, id) => ({ id, text, logProb: -0.5 }));
      const body = JSON.stringify({ endpoint, times: 5, script: { tokens } });
      expect((await fetch(`${peer.url}/_sandbox/script`, { method: "POST", body })).ok).toBe(true);
    }

    async function live(): Promise<number> {
      const state: { liveInvocations: number } = await (await fetch(`${peer.url}/_sandbox/state`)).json();
      return state.liveInvocations;
    }

    async function readAll(bytes: AsyncIterable<Uint8Array>) {
      const decoder = new TextDecoder();
      let text = "";
      try {
        for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
        return { text, failure: null };
      } catch (error) {
        return { text, failure: describeStreamFailure(error) };
      }
    }

    it("streams the container's bytes", async () => {
      await script("prompts", ["Sl", "eep", "→"]);
      const stream = unwrap(await invokeStream({ endpointName: "prompts", body: PROMPT }));
      expect(stream).toMatchObject({ contentType: "application/jsonlines", variant: "AllTraffic" });
      const { text, failure } = await readAll(stream.bytes);
      expect(failure).toBeNull();
      expect(text).toContain('"generated_text": "Sleep→"');
    });

    it("knows the container, from what was already read", async () => {
      expect(await containerOfEndpoint({ endpointName: "prompts" })).toMatchObject({
        ok: true,
        value: {
          wire: { release: 36, mode: "async", engine: "vllm" },
          container: { image: expect.stringContaining("djl-inference") },
        },
      });
      expect(await containerOfEndpoint({ endpointName: "nobody" })).toMatchObject({
        failure: { code: "not-found" },
      });
      expect(endpointWatch().history("prompts").length).toBeGreaterThan(0);
    });

    it("calls an endpoint missing that is missing", async () => {
      expect(await invokeStream({ endpointName: "nobody", body: PROMPT })).toMatchObject({
        failure: { code: "not-found", message: expect.stringContaining("nobody") },
      });
    });

    it("quotes the container when it refuses before the first byte", async () => {
      await script("f-error-before", ["a"]);
      const result = await invokeStream({ endpointName: "f-error-before", body: PROMPT });
      expect(result).toMatchObject({ failure: { code: "model-error", detail: expect.stringMatching(/\w/) } });
    });

    it("keeps what came before a stream was broken off, and says who broke it", async () => {
      await script("f-stream-broken", ["a", "b", "c", "d", "e", "f"]);
      const stream = unwrap(await invokeStream({ endpointName: "f-stream-broken", body: PROMPT }));
      const { text, failure } = await readAll(stream.bytes);
      expect(text).toContain('"text": "a"');
      expect(failure).toMatchObject({ code: "model-error", message: "The container broke the stream off." });
    });

    it("says that the connection was cut in the middle of a frame", async () => {
      await script("f-cut-midframe", ["a", "b", "c", "d", "e", "f"]);
      const stream = unwrap(await invokeStream({ endpointName: "f-cut-midframe", body: PROMPT }));
      const { failure } = await readAll(stream.bytes);
      expect(failure).toMatchObject({ code: "interrupted" });
      expect(failure?.message).toMatch(/cut in the middle/);
    });

    it("passes an error inside the answer on as the bytes it is", async () => {
      await script("f-error-midstream", ["a", "b", "c", "d", "e", "f"]);
      const stream = unwrap(await invokeStream({ endpointName: "f-error-midstream", body: PROMPT }));
      const { text, failure } = await readAll(stream.bytes);
      expect(failure).toBeNull();
      expect(text).toContain('"error"');
    });

    it.each(["abort", "leave"])("closes the request that is stalled: %s", async (way) => {
      await script("f-stall", ["a", "b", "c", "d", "e", "f"]);
      const stopper = new AbortController();
      const stream = unwrap(
        await invokeStream({ endpointName: "f-stall", body: PROMPT, signal: stopper.signal }),
      );
      const iterator = stream.bytes[Symbol.asyncIterator]();
      expect((await iterator.next()).done).toBe(false);
      expect(await live()).toBe(1);
      if (way === "abort") {
        stopper.abort();
        const rest = await readAll({ [Symbol.asyncIterator]: () => iterator });
        expect(rest.failure).toMatchObject({ code: "interrupted" });
      } else await iterator.return?.();
      // A stall lasts minutes.
      await expect.poll(live, { timeout: 20_000, interval: 20 }).toBe(0);
    });

    it("does not even begin for somebody who has left", async () => {
      const result = await invokeStream({
        endpointName: "prompts",
        body: PROMPT,
        signal: AbortSignal.abort(),
      });
      expect(result).toMatchObject({ failure: { code: "interrupted" } });
    });
  });
});

describe("against the local program, where time passes", () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await spawnSandbox("1");
    connectTo(process.env, peer.url, KEYS);
  });
  afterAll(() => peer?.stop());

  it("neither deletes nor prompts an endpoint that is being created", async () => {
    unwrap(await createEndpoint(wish("young")));
    expect(unwrap(await describeEndpoint("young")).endpoint.status).toBe("Creating");
    expect(await deleteEndpoint({ name: "young", alsoConfigAndModels: true })).toMatchObject({
      failure: { code: "conflict", hint: expect.stringContaining("settles") },
    });
    expect(await containerOfEndpoint({ endpointName: "young" })).toMatchObject({
      failure: {
        code: "not-ready",
        message: "The endpoint is still being created, so it cannot answer prompts.",
      },
    });
    expect(await invokeStream({ endpointName: "young", body: PROMPT })).toMatchObject({
      failure: { code: "not-found" },
    });
  });
});

const hasMoto = spawnSync("moto_server", ["--version"], { stdio: "ignore" }).error === undefined;

describe.skipIf(!hasMoto)("against moto, written by strangers (skipped without moto_server)", () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await spawnPeer({
      command: "moto_server",
      args: (port) => ["-H", "127.0.0.1", "-p", `${port}`],
      probe: "/moto-api/",
    });
    connectTo(process.env, peer.url, KEYS);
  });
  afterAll(() => peer?.stop());
  controlPlane();
});

describe.skipIf(process.env.AWS_LIVE !== "1")("against a real account (AWS_LIVE=1)", () => {
  it("lists endpoints and knows where it is", async () => {
    globalThis.sagescopeClients = undefined;
    unwrap(await listEndpoints());
    expect(await getConnection()).toMatchObject({
      isLocal: false,
      account: expect.stringMatching(/^\d{12}$/),
    });
  });
});
