import { createHash } from "node:crypto";
import { BatchGetImageCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import catalogue from "../../lib/lmi/images.json" with { type: "json" };
import { startTestSandbox } from "../start-test-sandbox.ts";

type Row = { version: string; tag: string; region_set: string };

const REPOSITORY = "djl-inference";
const OTHER = "111122223333";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

function look(region: string, registryId: string, tags: string[], repositoryName = REPOSITORY) {
  const client = new ECRClient({
    region,
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
  const imageIds = tags.map((imageTag) => ({ imageTag }));
  return client.send(new BatchGetImageCommand({ registryId, repositoryName, imageIds }));
}

test("every region's registry has the tags that the catalogue publishes there, and no other", async () => {
  const rows = Object.values(catalogue.frameworks).flatMap<Row>(({ versions }) => versions);
  const sets: Record<string, string[]> = catalogue.region_sets;
  const asked = [...rows.map(({ tag }) => tag), "0.36.0-lmi28.0.0-cu130", "0.26.0-deepspeed0.12.6-cu122"];
  for (const [region, { account }] of Object.entries(catalogue.regions)) {
    const { images = [], failures = [] } = await look(region, account, asked);
    const published = rows.filter(({ region_set }) => sets[region_set]?.includes(region));
    const hasNewest = published.some(({ version }) => version === "0.36.0");
    expect(
      images.map(({ imageId }) => imageId?.imageTag),
      region,
    ).toEqual([...published.map(({ tag }) => tag), ...(hasNewest ? ["0.36.0-lmi28.0.0-cu130"] : [])]);
    expect(images.length + failures.length).toBe(asked.length);
    expect(new Set(failures.map(({ failureCode }) => failureCode))).toEqual(new Set(["ImageNotFound"]));
  }
});

test("a manifest is what its digest says", async () => {
  const { images } = await look("us-east-1", "763104351884", ["0.36.0-lmi27.0.0-cu130"]);
  const [image] = images ?? [];
  const sum = createHash("sha256")
    .update(image?.imageManifest ?? "")
    .digest("hex");
  expect(image?.imageId?.imageDigest).toBe(`sha256:${sum}`);
  expect(image?.registryId).toBe("763104351884");
});

test("a repository that is not there, another account's and a denied call are refused as AWS does", async () => {
  await expect(look("us-east-1", "763104351884", ["1"], "djl-training")).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
    message: "The repository with name 'djl-training' does not exist in the registry with id '763104351884'",
  });
  await expect(look("us-east-1", OTHER, ["1"])).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining(`arn:aws:ecr:us-east-1:${OTHER}:repository/${REPOSITORY}`),
  });
  await sandbox.control("switches", { denied: ["ecr:BatchGetImage"] });
  await expect(look("us-east-1", "763104351884", ["1"])).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringMatching(
      /perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:763104351884:repository\/djl-inference/,
    ),
  });
  await sandbox.control("switches", { denied: [] });
});
