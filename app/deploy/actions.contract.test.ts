import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as show } from "#app/api/deployments/[id]/route.ts";
import { GET as list } from "#app/api/deployments/route.ts";
import { connectTo } from "#lib/aws/connect-to.ts";
import { deleteEndpoint } from "#lib/aws/delete-endpoint.ts";
import { listExecutionRoles } from "#lib/aws/list-execution-roles.ts";
import type { Peer } from "#lib/aws/spawn-peer.ts";
import { spawnSandbox } from "#lib/aws/spawn-sandbox.ts";
import { database } from "#lib/db/database.ts";
import { type DeploymentView, deploymentViewSchema } from "#lib/deploy/deployment-view.ts";
import { BLANK_PLAN, type Plan } from "#lib/plan/plan.ts";
import { checkPlan, retryDeployment, startDeployment } from "./actions.ts";

let peer: Peer;
let role = "";

beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  const roles = await listExecutionRoles();
  role = roles.ok ? (roles.value[0] ?? "") : "";
  // The embedded database takes its time to be made; no single test should pay for it.
  await database();
}, 180_000);
afterAll(() => peer.stop());

function plan(change: Partial<Plan> = {}): Plan {
  return {
    ...BLANK_PLAN,
    modelId: "mistralai/Mistral-7B-v0.1",
    architecture: "mistral",
    properties: "option.model_id=mistralai/Mistral-7B-v0.1\n",
    environment: { HF_TOKEN: "hf_hidden" },
    instanceType: "ml.g5.2xlarge",
    endpointName: "from-a-plan",
    executionRoleArn: role,
    carrier: "archive",
    bucket: "sagemaker-us-east-1-000000000000",
    ...change,
  };
}

async function view(id: string): Promise<DeploymentView> {
  const request = new Request(`http://127.0.0.1/api/deployments/${id}`);
  const answer = await show(request, { params: Promise.resolve({ id }) });
  return deploymentViewSchema.parse(await answer.json());
}

async function settled(id: string): Promise<DeploymentView> {
  for (;;) {
    const seen = await view(id);
    if (seen.deployment.state !== "running") return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it("refuses what is no plan, and a plan for another region", async () => {
  expect(await checkPlan({ version: 2 })).toMatchObject({ ok: false, failure: { code: "invalid" } });
  expect(await startDeployment(plan({ region: "eu-west-1" }))).toMatchObject({
    ok: false,
    failure: { code: "invalid", field: "region" },
  });
});

it("checks a plan against the account and says what an hour costs", async () => {
  const checked = await checkPlan(plan());
  if (!checked.ok) throw new Error(checked.failure.message);
  const verdictOf = (id: string) => checked.value.lines.find((line) => line.id === id)?.verdict;
  expect(verdictOf("name-free")).toBe("pass");
  expect(verdictOf("role")).toBe("pass");
  expect(verdictOf("quota")).toBe("pass");
  expect(checked.value.pricePerHour).toBeGreaterThan(0);
});

it("deploys, shows how it went, and keeps no secret of what was accepted", async () => {
  const started = await startDeployment(plan());
  if (!started.ok) throw new Error(started.failure.message);
  const seen = await settled(started.value.id);
  expect(seen.deployment.steps.map(({ name, state }) => [name, state])).toEqual([
    ["upload", "done"],
    ["create", "done"],
  ]);
  expect(seen.deployment.upload?.sent).toBe(seen.deployment.upload?.total);
  const later = await view(started.value.id);
  expect(later.status).toBe("InService");
  expect(later.phases.every(({ state }) => state === "done")).toBe(true);
  expect(later.log.lines.length).toBeGreaterThan(0);
  expect(later.costSoFar).not.toBeNull();
  expect(JSON.stringify(later)).not.toContain("hidden");
  const listed = await (await list(new Request("http://127.0.0.1/api/deployments"))).text();
  expect(listed).toContain("from-a-plan");
  expect(listed).not.toContain("hidden");
});

it("refuses a name that is taken before it makes anything", async () => {
  expect(await startDeployment(plan())).toMatchObject({ ok: false, failure: { code: "invalid" } });
});

it("keeps a deployment that failed, and tries again from where it was", async () => {
  const refuse = (method: string) =>
    fetch(`${peer.url}/_sandbox/switches`, {
      method: "POST",
      body: JSON.stringify({ denied: method === "deny" ? ["sagemaker:CreateEndpoint"] : [] }),
    });
  await refuse("deny");
  const started = await startDeployment(plan({ endpointName: "second-try" }));
  if (!started.ok) throw new Error(started.failure.message);
  const failed = await settled(started.value.id);
  expect(failed.deployment).toMatchObject({ state: "failed", failure: { code: "not-allowed" } });
  await refuse("allow");
  expect(await retryDeployment(started.value.id)).toMatchObject({ ok: true });
  const seen = await settled(started.value.id);
  expect(seen.deployment).toMatchObject({ state: "accepted", failure: null });
});

it("shows no line and no phase of an earlier endpoint of the same name", async () => {
  const deploy = async () => {
    const started = await startDeployment(plan({ endpointName: "came-back" }));
    if (!started.ok) throw new Error(started.failure.message);
    await settled(started.value.id);
    return view(started.value.id);
  };
  const first = await deploy();
  expect(first.log.lines.length).toBeGreaterThan(0);
  expect(await deleteEndpoint({ name: "came-back", alsoConfigAndModels: true })).toMatchObject({ ok: true });
  await fetch(`${peer.url}/_sandbox/clock`, { method: "POST", body: JSON.stringify({ advance: "1h" }) });
  const second = await deploy();
  expect(second.log.lines.length).toBeGreaterThan(0);
  const newest = Math.max(...first.log.lines.map(({ at }) => at));
  expect(second.log.lines.filter(({ at }) => at <= newest)).toEqual([]);
});
