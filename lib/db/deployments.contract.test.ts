import { afterAll, beforeAll, expect, it } from "vitest";
import { beginProgress, reduceDeployment } from "#lib/deploy/deployment.ts";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import {
  changeDeployment,
  getDeployment,
  insertDeployment,
  listDeployments,
  type StoredDeployment,
} from "./deployments.ts";
import type { OpenDatabase } from "./open-database.ts";
import { openTestDatabase } from "./open-test-database.ts";

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

function deployment(id: string, at: number): StoredDeployment {
  return {
    id,
    createdAt: new Date(at),
    kind: "endpoint",
    name: "mixtral",
    endpointName: "mixtral",
    region: "us-west-2",
    plan: { ...GUIDED_EXAMPLE, environment: { HF_TOKEN: "hf_hidden" } },
    expiresAt: null,
    progress: beginProgress(["upload", "create"]),
    messages: [],
  };
}

it("keeps a deployment, how far it came, and forgets its secrets when told to", async () => {
  const { database } = opened;
  await insertDeployment(database, deployment("one", 1_000));
  const progress = reduceDeployment(beginProgress(["upload", "create"]), {
    type: "step-start",
    step: "upload",
    at: 5,
  });
  await changeDeployment(database, "one", { progress, messages: [{ at: 7, text: "Pulling the image" }] });
  expect(await getDeployment(database, "one")).toMatchObject({
    ok: true,
    value: {
      progress,
      messages: [{ at: 7, text: "Pulling the image" }],
      plan: { modelId: GUIDED_EXAMPLE.modelId },
    },
  });
  await changeDeployment(database, "one", { plan: GUIDED_EXAMPLE });
  expect(JSON.stringify(await getDeployment(database, "one"))).not.toContain("hidden");
});

it("lists the newest first and says of a strange id that there is none", async () => {
  const { database } = opened;
  await insertDeployment(database, deployment("two", 3_000));
  await insertDeployment(database, deployment("three", 2_000));
  const ids = (await listDeployments(database, 2)).map(({ id }) => id);
  expect(ids).toEqual(["two", "three"]);
  expect(await getDeployment(database, "no-such")).toMatchObject({
    ok: false,
    failure: { code: "not-found" },
  });
});
