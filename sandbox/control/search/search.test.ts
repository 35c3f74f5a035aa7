import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  paginateSearch,
  SageMakerClient,
  SearchCommand,
  type SearchCommandInput,
} from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSandbox } from "../../start-test-sandbox.ts";

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const DEMOS = ["sagescope-demo", "sagescope-demo-lmi-026"];

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: SageMakerClient;

beforeAll(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  client = new SageMakerClient({
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
  for (const [index, name] of ["alpha", "beta", "gamma"].entries()) {
    sandbox.wait(1000);
    const Tags = [
      { Key: "team", Value: index === 2 ? "search" : "chat" },
      { Key: "cost.centre", Value: String(index) },
    ];
    const PrimaryContainer = { Image: IMAGE, Environment: { HF_MODEL_ID: `org/${name}` } };
    await client.send(
      new CreateModelCommand({ ModelName: name, ExecutionRoleArn: ROLE, PrimaryContainer, Tags }),
    );
    const variants = ["v1", "v2"].map((VariantName, place) => ({
      VariantName,
      ModelName: name,
      InstanceType: "ml.m5.large" as const,
      InitialInstanceCount: 1 + place * index,
    }));
    await client.send(
      new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: variants }),
    );
    await client.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name, Tags }));
  }
});
afterAll(() => sandbox.close());

type Expression = SearchCommandInput["SearchExpression"];

async function names(
  Resource: "Endpoint" | "Model",
  SearchExpression: Expression,
  more: Partial<SearchCommandInput> = {},
): Promise<string[]> {
  const found: string[] = [];
  const sorted = { SortBy: `${Resource}Name`, SortOrder: "Ascending" as const };
  const input = { Resource, SearchExpression, MaxResults: 2, ...sorted, ...more };
  for await (const page of paginateSearch({ client }, input)) {
    const rows = page.Results ?? [];
    expect(rows.length).toBeLessThanOrEqual(2);
    found.push(...rows.map((row) => row.Endpoint?.EndpointName ?? row.Model?.Model?.ModelName ?? ""));
  }
  return found;
}

const filters = (...Filters: NonNullable<NonNullable<Expression>["Filters"]>) => ({ Filters });

test.each<[string, Expression, string[]]>([
  ["a tag", filters({ Name: "Tags.team", Value: "chat" }), ["alpha", "beta"]],
  ["a tag with a dot", filters({ Name: "Tags.cost.centre", Value: "2" }), ["gamma"]],
  ["no such tag", filters({ Name: "Tags.team", Operator: "NotExists" }), DEMOS],
  [
    "a name in a list",
    filters({ Name: "EndpointName", Operator: "In", Value: "beta, gamma" }),
    ["beta", "gamma"],
  ],
  ["a part of a name", filters({ Name: "EndpointName", Operator: "Contains", Value: "demo" }), DEMOS],
  [
    "both",
    filters(
      { Name: "Tags.team", Value: "chat" },
      { Name: "EndpointName", Operator: "NotEquals", Value: "alpha" },
    ),
    ["beta"],
  ],
  [
    "a number inside a list",
    filters({ Name: "ProductionVariants.CurrentInstanceCount", Operator: "GreaterThan", Value: "2" }),
    ["gamma"],
  ],
  [
    "one entry of a list for all filters",
    {
      NestedFilters: [
        {
          NestedPropertyName: "ProductionVariants",
          Filters: [
            { Name: "ProductionVariants.VariantName", Value: "v1" },
            { Name: "ProductionVariants.CurrentInstanceCount", Operator: "GreaterThan", Value: "1" },
          ],
        },
      ],
    },
    [],
  ],
  [
    "either of two branches",
    {
      Operator: "Or",
      SubExpressions: [
        filters({ Name: "Tags.team", Value: "search" }),
        filters({ Name: "Tags.team", Value: "chat" }, { Name: "Tags.cost.centre", Value: "0" }),
      ],
    },
    ["alpha", "gamma"],
  ],
  ["a time", filters({ Name: "CreationTime", Operator: "LessThan", Value: "2001-01-01T00:00:00" }), []],
])("finds endpoints by %s", async (_what, expression, expected) => {
  expect(await names("Endpoint", expression)).toEqual(expected);
});

test("finds models by what they run, with the endpoints they are deployed to", async () => {
  const Name = "PrimaryContainer.Environment.HF_MODEL_ID";
  expect(await names("Model", filters({ Name, Value: "org/beta" }))).toEqual(["beta"]);
  expect(await names("Model", filters({ Name: "Model.Tags.team", Value: "search" }))).toEqual(["gamma"]);
  const found = await client.send(
    new SearchCommand({ Resource: "Model", SearchExpression: filters({ Name: "ModelName", Value: "beta" }) }),
  );
  expect(found.TotalHits).toEqual({ Value: 1, Relation: "EqualTo" });
  expect(found.Results?.[0]?.Model?.Endpoints).toMatchObject([{ EndpointName: "beta" }]);
});

test("sorts by any property, the last modified first unless asked otherwise", async () => {
  const all = await names("Endpoint", undefined, { SortBy: undefined, SortOrder: undefined });
  expect(all.slice(0, 3)).toEqual(["gamma", "beta", "alpha"]);
  expect(all.slice(3).toSorted()).toEqual(DEMOS);
  const byTag = await names("Endpoint", filters({ Name: "Tags.team", Operator: "Exists" }), {
    SortBy: "Tags.cost.centre",
  });
  expect(byTag).toEqual(["alpha", "beta", "gamma"]);
});

test("has none of the resources that no sandbox has", async () => {
  const { Results } = await client.send(new SearchCommand({ Resource: "TrainingJob" }));
  expect(Results).toEqual([]);
});

test.each<[Expression, RegExp]>([
  [filters({ Name: "Nothing", Value: "x" }), /Unknown property name: Nothing/],
  [
    filters({ Name: "EndpointName", Operator: "GreaterThan", Value: "a" }),
    /not supported for the text property/,
  ],
  [filters({ Name: "CreationTime", Value: "yesterday" }), /not a date and time/],
  [filters({ Name: "CreationTime", Operator: "Contains", Value: "1" }), /only supported for text properties/],
  [filters({ Name: "EndpointName" }), /A value is required/],
  [{}, /at least one filter/],
  [
    filters(
      { Name: "EndpointName", Operator: "Contains", Value: "a" },
      { Name: "EndpointArn", Operator: "Contains", Value: "a" },
    ),
    /^'CONTAINS' operator usage limit of 1 exceeded\.$/,
  ],
])("%j is refused", async (SearchExpression, message) => {
  await expect(
    client.send(new SearchCommand({ Resource: "Endpoint", SearchExpression })),
  ).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringMatching(message),
  });
});
