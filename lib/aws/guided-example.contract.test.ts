import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Result } from "#lib/failure.ts";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import { digestPlan, resourcesOf } from "#lib/plan/resources.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";
import { planRequest } from "#lib/run/plan-request.ts";
import { emptyRun, reduceRun } from "#lib/run/reduce-run.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import { connectTo } from "./connect-to.ts";
import { containerOfEndpoint } from "./container-of-endpoint.ts";
import { deployPlan } from "./deploy-plan.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { describeStreamFailure } from "./describe-stream-failure.ts";
import { invokeStream } from "./invoke-stream.ts";
import { type Peer, spawnPeer } from "./spawn-peer.ts";
import { uploadArchive } from "./upload-archive.ts";

const NAME = GUIDED_EXAMPLE.endpointName;
const PLAN = {
  ...GUIDED_EXAMPLE,
  bucket: "sagemaker-us-west-2-000000000000",
  executionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
};
/** A long article in two pieces, each token with a probability of its own. */
const PARTS = [
  {
    tokens: [
      { id: 11, text: "Sleep", logProb: -0.5 },
      { id: 12, text: " is", logProb: -0.25 },
    ],
    finish: "length",
  },
  {
    tokens: [
      { id: 13, text: " good", logProb: -1 },
      { id: 14, text: ".", logProb: -0.125 },
    ],
    finish: "length",
  },
];

let peer: Peer;
beforeAll(async () => {
  const state = mkdtempSync(join(tmpdir(), "sagescope-guided-"));
  peer = await spawnPeer({
    command: process.execPath,
    args: (port) => [
      ...["sandbox/start.mjs", "--port", `${port}`, "--clock", "600", "--fresh", "--state", state],
      ...["--parent", `${process.pid}`],
    ],
    probe: "/_sandbox/state",
  });
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  process.env.AWS_REGION = PLAN.region;
});
afterAll(() => peer?.stop());

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

async function statusOf(): Promise<string> {
  const { endpoint } = unwrap(await describeEndpoint(NAME));
  return endpoint.failureReason ?? endpoint.status;
}

async function script(part: (typeof PARTS)[number] | undefined) {
  const body = JSON.stringify({ endpoint: NAME, region: PLAN.region, times: 1, script: part });
  expect((await fetch(`${peer.url}/_sandbox/script`, { method: "POST", body })).ok).toBe(true);
}

it("deploys with its archive, and streams log probabilities through a continued answer", async () => {
  const { archive } = unwrap(resourcesOf(PLAN, { digests: await digestPlan(PLAN), tags: [] }));
  if (archive === null) throw new Error("the example brings an archive");
  unwrap(await uploadArchive({ ...archive, createBucket: true, onProgress: () => undefined }));
  unwrap(await deployPlan({ plan: PLAN, expiresAt: null, resumes: false }));
  expect(await statusOf()).toBe("Creating");
  while ((await statusOf()) === "Creating") await pause(100);
  expect(await statusOf()).toBe("InService");

  const { wire } = unwrap(await containerOfEndpoint({ endpointName: NAME }));
  const asked = invokeRequestSchema.parse({
    endpointName: NAME,
    prompt: "Write a long article about sleep.",
    parameters: { maxNewTokens: 2, details: true },
    autoContinue: { maxRequests: 2, maxTokens: 100 },
  });
  const { request, dialect } = unwrap(planRequest(asked, wire));
  let run = emptyRun();
  const bodies: string[] = [];
  const waiting = [...PARTS];
  for await (const event of invokeRun({
    ...{ runId: "run", request, dialect, facts: wire, startedAt: 0, now: () => performance.now() },
    async invoke(body, signal) {
      bodies.push(body);
      await script(waiting.shift());
      return invokeStream({ endpointName: NAME, body, signal });
    },
    signal: new AbortController().signal,
    describeError: describeStreamFailure,
  }))
    run = reduceRun(run, [event]);

  expect(bodies.map((body) => JSON.parse(body))).toMatchObject([
    { inputs: asked.prompt, parameters: { details: true, max_new_tokens: 2 } },
    { inputs: `${asked.prompt}Sleep is` },
  ]);
  expect(run).toMatchObject({
    status: "finished",
    failure: null,
    malformed: 0,
    generatedText: "Sleep is good.",
    parts: [{ finishReason: "length" }, { finishReason: "length" }],
    stoppedBy: "max-requests",
  });
  expect(run.tokens.map(({ logProb }) => logProb)).toEqual([-0.5, -0.25, -1, -0.125]);
  expect(scoreRun(run.tokens).value?.confidence).toBeCloseTo(Math.exp(-1.875 / 4), 12);
});
