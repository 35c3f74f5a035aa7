import {
  AddTagsCommand,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteModelCommand,
  DeleteTagsCommand,
  DescribeEndpointCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  ListTagsCommand,
  ListTrainingJobsCommand,
  paginateListModels,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "./start-test-sandbox.ts";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const OWN = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: SageMakerClient;

function connect(credentials = OWN, region = "us-east-1"): SageMakerClient {
  return new SageMakerClient({ region, endpoint: sandbox.url, credentials, maxAttempts: 1 });
}

beforeEach(async () => {
  sandbox = await startTestSandbox();
  client = connect();
});
afterEach(() => sandbox.close());

async function createModel(name: string, image = LMI, environment: Record<string, string> = {}) {
  return client.send(
    new CreateModelCommand({
      ModelName: name,
      ExecutionRoleArn: ROLE,
      PrimaryContainer: { Image: image, Environment: environment },
    }),
  );
}

async function createEndpoint(name: string, image = LMI, environment: Record<string, string> = {}) {
  await createModel(name, image, environment);
  const variant = {
    VariantName: "v1",
    ModelName: name,
    InstanceType: "ml.g5.xlarge" as const,
    InitialInstanceCount: 2,
  };
  await client.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant] }),
  );
  return client.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
}

function describeEndpoint(name: string) {
  return client.send(new DescribeEndpointCommand({ EndpointName: name }));
}

describe("the life of an endpoint", () => {
  test("passes through the phases of a creation and is then in service", async () => {
    const { EndpointArn } = await createEndpoint("e1");
    expect(EndpointArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:endpoint/e1");
    const messages: (string | undefined)[] = [];
    for (let step = 0; step < 12; step += 1) {
      const endpoint = await describeEndpoint("e1");
      const variant = endpoint.ProductionVariants?.[0];
      if (endpoint.EndpointStatus !== "Creating") break;
      expect(variant?.CurrentInstanceCount).toBe(0);
      expect(variant?.VariantStatus?.[0]?.Status).toBe("Creating");
      messages.push(variant?.VariantStatus?.[0]?.StatusMessage);
      sandbox.wait(500);
    }
    expect([...new Set(messages)]).toEqual([
      "Requesting compute capacity",
      "Pulling the container image",
      "Downloading model artifacts",
      "Starting the inference engine and waiting for the ping health check",
    ]);
    const settled = await describeEndpoint("e1");
    expect(settled.EndpointStatus).toBe("InService");
    expect(settled.ProductionVariants?.[0]).toMatchObject({
      CurrentInstanceCount: 2,
      DesiredInstanceCount: 2,
      CurrentWeight: 1,
      DesiredWeight: 1,
    });
    expect(settled.ProductionVariants?.[0]?.DeployedImages?.[0]?.SpecifiedImage).toBe(LMI);
  });

  test("refuses a delete while it is created, then goes through Deleting", async () => {
    await createEndpoint("e1");
    const remove = () => client.send(new DeleteEndpointCommand({ EndpointName: "e1" }));
    await expect(remove()).rejects.toMatchObject({
      name: "ValidationException",
      message: 'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:000000000000:endpoint/e1".',
    });
    sandbox.wait(10_000);
    await remove();
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("Deleting");
    sandbox.wait(1000);
    await expect(describeEndpoint("e1")).rejects.toThrow(/^Could not find endpoint "arn:/);
    // The name is free again at once.
    await client.send(new CreateEndpointCommand({ EndpointName: "e1", EndpointConfigName: "e1" }));
  });

  test.each([
    [
      "an image that is no LMI",
      "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1",
      {},
      /^The primary container for production variant v1 did not pass the ping health check/,
    ],
    ["fail-ping", LMI, { LMI_SANDBOX_FAULT: "fail-ping" }, /did not pass the ping health check/],
    ["no-capacity", LMI, { LMI_SANDBOX_FAULT: "no-capacity" }, /InsufficientInstanceCapacity/],
    [
      "an LMI that is not emulated",
      LMI.replace("0.36.0-lmi27.0.0-cu130", "0.26.0-neuronx-sdk2.16.0"),
      {},
      /^This sandbox does not emulate the neuronx flavour of LMI 0.26 yet/,
    ],
  ])("ends in Failed for %s, and then only accepts a delete", async (_name, image, environment, reason) => {
    await createEndpoint("e1", image, environment);
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("Creating");
    sandbox.wait(60_000);
    const failed = await describeEndpoint("e1");
    expect(failed.EndpointStatus).toBe("Failed");
    expect(failed.FailureReason).toMatch(reason);
    await client.send(new DeleteEndpointCommand({ EndpointName: "e1" }));
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("Deleting");
  });

  test("settles inside the request where the clock's scale is 0", async () => {
    const instant = await startTestSandbox({ scale: 0 });
    client = new SageMakerClient({ region: "us-east-1", endpoint: instant.url, credentials: OWN });
    await createEndpoint("e1");
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("InService");
    await instant.close();
  });
});

describe("names and references", () => {
  test("refuses a name that exists, whatever its case", async () => {
    await createModel("m1");
    await expect(createModel("M1")).rejects.toThrow(
      'Cannot create already existing model "arn:aws:sagemaker:us-east-1:000000000000:model/m1".',
    );
  });

  test("refuses a configuration whose model does not exist, and variants of one name", async () => {
    const variant = {
      VariantName: "v1",
      ModelName: "m1",
      InstanceType: "ml.g5.xlarge" as const,
      InitialInstanceCount: 1,
    };
    const create = (variants: (typeof variant)[]) =>
      client.send(
        new CreateEndpointConfigCommand({ EndpointConfigName: "c1", ProductionVariants: variants }),
      );
    await expect(create([variant])).rejects.toThrow(/^Could not find model "arn:.*model\/m1"/);
    await createModel("m1");
    await expect(create([variant, variant])).rejects.toThrow(/variant name "v1" was non-unique/);
  });

  test("allows deleting the model of a live endpoint", async () => {
    await createEndpoint("e1");
    await client.send(new DeleteModelCommand({ ModelName: "e1" }));
    sandbox.wait(10_000);
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("InService");
  });

  test("reports every breach in one message with one-based paths", async () => {
    const variant = { VariantName: "a_b", ModelName: "m", InstanceType: "ml.nope" as "ml.g5.xlarge" };
    await expect(
      client.send(
        new CreateEndpointConfigCommand({ EndpointConfigName: "c", ProductionVariants: [variant] }),
      ),
    ).rejects.toThrow(
      /^2 validation errors detected: Value 'ml\.nope' at 'productionVariants\.1\.member\.instanceType' failed to satisfy constraint: Member must satisfy enum value set: \[.*\]; Value 'a_b' at 'productionVariants\.1\.member\.variantName' failed/,
    );
  });

  test("answers an operation it does not know with its name", async () => {
    await expect(client.send(new ListTrainingJobsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("ListTrainingJobs"),
    });
  });
});

describe("lists", () => {
  test("pages through everything once, also while rows are added", async () => {
    for (let index = 0; index < 13; index += 1) {
      await createModel(`m${index}`);
      sandbox.wait(10);
    }
    const names: (string | undefined)[] = [];
    for await (const page of paginateListModels({ client, pageSize: 5 }, { NameContains: "m" })) {
      names.push(...(page.Models ?? []).map((model) => model.ModelName));
      sandbox.wait(10);
      await createModel(`added-m${names.length}`);
    }
    expect(names.filter((name) => name?.startsWith("m"))).toEqual(
      Array.from({ length: 13 }, (_, index) => `m${12 - index}`),
    );
    expect(names).toHaveLength(15);
  });

  test("gives ten rows by default and refuses a token it did not sign", async () => {
    for (let index = 0; index < 11; index += 1) await createModel(`m${index}`);
    const first = await client.send(new ListModelsCommand({}));
    expect(first.Models).toHaveLength(10);
    const token = first.NextToken ?? "";
    const forged = `${token.slice(0, -2)}AA`;
    await expect(client.send(new ListModelsCommand({ NextToken: forged }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    // A token belongs to the filters it was made for.
    await expect(
      client.send(new ListModelsCommand({ NextToken: token, NameContains: "m" })),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await client.send(new ListModelsCommand({ NextToken: token }));
  });

  test("filters by status and time and sorts by name", async () => {
    const before = new Date(sandbox.settings.wall());
    sandbox.wait(1000);
    await createEndpoint("b1");
    await createEndpoint("a1");
    const creating = await client.send(
      new ListEndpointsCommand({ StatusEquals: "Creating", SortBy: "Name", SortOrder: "Ascending" }),
    );
    expect(creating.Endpoints?.map((endpoint) => endpoint.EndpointName)).toEqual(["a1", "b1"]);
    const old = await client.send(new ListEndpointsCommand({ CreationTimeBefore: before }));
    expect(old.Endpoints?.map((endpoint) => endpoint.EndpointName)).toEqual([
      "sagescope-demo-lmi-026",
      "sagescope-demo",
    ]);
  });
});

describe("tags", () => {
  test("are added, replaced, listed and removed", async () => {
    const { ModelArn } = await createModel("m1");
    const add = (...Tags: { Key: string; Value: string }[]) =>
      client.send(new AddTagsCommand({ ResourceArn: ModelArn, Tags }));
    await add({ Key: "team", Value: "a" }, { Key: "stage", Value: "x" });
    await add({ Key: "team", Value: "b" });
    await client.send(new DeleteTagsCommand({ ResourceArn: ModelArn, TagKeys: ["stage"] }));
    const { Tags } = await client.send(new ListTagsCommand({ ResourceArn: ModelArn }));
    expect(Tags).toEqual([{ Key: "team", Value: "b" }]);
    await expect(add({ Key: "aws:mine", Value: "" })).rejects.toMatchObject({ name: "ValidationException" });
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    await expect(add(...many)).rejects.toThrow(/at most 50/);
  });
});

describe("regions and what outlives a restart", () => {
  test("keeps regions apart and does not bring back what was deleted", async () => {
    const elsewhere = connect(OWN, "eu-west-1");
    await client.send(new DeleteEndpointCommand({ EndpointName: "sagescope-demo" }));
    sandbox.wait(1000);
    const list = async (from: SageMakerClient) =>
      (await from.send(new ListEndpointsCommand({}))).Endpoints?.map((endpoint) => endpoint.EndpointName);
    expect(await list(client)).toEqual(["sagescope-demo-lmi-026"]);
    expect(await list(elsewhere)).toEqual(["sagescope-demo-lmi-026", "sagescope-demo"]);
    await sandbox.close();
    sandbox = await startTestSandbox({ folder: sandbox.settings.folder, wall: sandbox.settings.wall });
    client = connect();
    expect(await list(client)).toEqual(["sagescope-demo-lmi-026"]);
  });

  test("goes on in the middle of a creation after a restart", async () => {
    await createEndpoint("e1");
    const { folder } = sandbox.settings;
    const asked = sandbox.settings.wall();
    await sandbox.close();
    let now = asked + 2000;
    sandbox = await startTestSandbox({ folder, wall: () => now });
    client = connect();
    const endpoint = await describeEndpoint("e1");
    expect(endpoint.EndpointStatus).toBe("Creating");
    expect(endpoint.ProductionVariants?.[0]?.VariantStatus?.[0]?.StatusMessage).toBe(
      "Pulling the container image",
    );
    now += 4000;
    expect((await describeEndpoint("e1")).EndpointStatus).toBe("InService");
  });
});

describe("signatures", () => {
  test("are checked for the sandbox's own key and trusted for others", async () => {
    await expect(
      connect({ ...OWN, secretAccessKey: "wrong" }).send(new ListModelsCommand({})),
    ).rejects.toMatchObject({
      name: "InvalidSignatureException",
      $metadata: { httpStatusCode: 403 },
    });
    await connect({ accessKeyId: "AKIAFOREIGN", secretAccessKey: "any" }).send(new ListModelsCommand({}));
  });

  test("of another time are refused", async () => {
    sandbox.wait(20 * 60_000);
    await expect(client.send(new ListModelsCommand({}))).rejects.toThrow(/^Signature expired/);
  });

  test("are needed", async () => {
    const answer = await fetch(sandbox.url, {
      method: "POST",
      headers: { "x-amz-target": "SageMaker.ListModels" },
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await answer.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  test("never reach the log", async () => {
    await client.send(new ListModelsCommand({}));
    expect(sandbox.lines.join("\n")).toContain("ListModels 200");
    expect(sandbox.lines.join("\n")).not.toMatch(/Signature|AWS4|Credential/);
  });
});

test("STS says who signs", async () => {
  const sts = new STSClient({ region: "us-east-1", endpoint: sandbox.url, credentials: OWN });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: "000000000000",
    Arn: "arn:aws:iam::000000000000:user/sandbox",
  });
});

test("STS refuses in its own XML, with its own names", async () => {
  const credentials = { ...OWN, secretAccessKey: "another" };
  const sts = new STSClient({ region: "us-east-1", endpoint: sandbox.url, credentials });
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "SignatureDoesNotMatch",
    $metadata: { httpStatusCode: 403 },
  });
});
