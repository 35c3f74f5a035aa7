import {
  DescribeServicesCommand,
  GetAttributeValuesCommand,
  GetProductsCommand,
  PricingClient,
  paginateGetProducts,
} from "@aws-sdk/client-pricing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import catalogue from "../../lib/lmi/instances.json" with { type: "json" };
import { startTestSandbox } from "../start-test-sandbox.ts";

const ServiceCode = "AmazonSageMaker";
const productSchema = z.object({
  product: z.object({
    productFamily: z.literal("ML Instance"),
    attributes: z.looseObject({ regionCode: z.string(), instanceName: z.string(), usagetype: z.string() }),
    sku: z.string().regex(/^[A-Z0-9]{16}$/),
  }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        effectiveDate: z.iso.datetime(),
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.literal("Hrs"), pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
});

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: PricingClient;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  client = new PricingClient({
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
});
afterAll(() => sandbox.close());

type Wanted = Record<string, string>;
type FilterType = "TERM_MATCH" | "CONTAINS" | "ANY_OF" | "NONE_OF";

async function prices(wanted: Wanted, Type: FilterType = "TERM_MATCH"): Promise<[string, number][]> {
  const Filters = Object.entries(wanted).map(([Field, Value]) => ({ Type, Field, Value }));
  const found: [string, number][] = [];
  for await (const page of paginateGetProducts({ client }, { ServiceCode, Filters, MaxResults: 7 })) {
    for (const text of page.PriceList ?? []) {
      const { product, terms } = productSchema.parse(JSON.parse(String(text)));
      const rates = Object.values(terms.OnDemand).flatMap((term) => Object.values(term.priceDimensions));
      found.push([product.attributes.instanceName, Number(rates[0]?.pricePerUnit.USD)]);
    }
  }
  return found;
}

test("names the price of every type that a source names one of, and of no other", async () => {
  const expected = catalogue.instances.flatMap((row) =>
    row.price_us_east_1_usd_per_hour === null
      ? []
      : [[row.instance_type, row.price_us_east_1_usd_per_hour] as [string, number]],
  );
  expect(expected.length).toBeGreaterThan(10);
  expect((await prices({})).toSorted()).toEqual(expected.toSorted());
});

test("finds one by region, component and name, and none for what is not known", async () => {
  const hosting = { component: "Hosting", productFamily: "ML Instance" };
  const asked = { ...hosting, regionCode: "us-east-1", instanceName: "ml.g5.xlarge" };
  expect(await prices(asked)).toEqual([["ml.g5.xlarge", 1.408]]);
  expect(await prices({ ...asked, regionCode: "eu-west-1" })).toEqual([]);
  expect(await prices({ ...asked, instanceName: "ml.trn1n.32xlarge" })).toEqual([]);
  expect(await prices({ usagetype: "USE1-Host:ml.g5.2xlarge" })).toEqual([["ml.g5.2xlarge", 1.515]]);
  expect(await prices({ component: "Training" })).toEqual([]);
  expect(await prices({ noSuchField: "x" })).toEqual([]);
});

test("filters by parts, by any of several and by none of several", async () => {
  const names = (found: [string, number][]) => found.map(([name]) => name).toSorted();
  const g5 = names(await prices({ instanceName: "ml.g5." }, "CONTAINS"));
  expect(g5).toContain("ml.g5.12xlarge");
  expect(g5.every((name) => name.startsWith("ml.g5."))).toBe(true);
  const two = "ml.g5.xlarge, ml.g5.2xlarge";
  expect(names(await prices({ instanceName: two }, "ANY_OF"))).toEqual(["ml.g5.2xlarge", "ml.g5.xlarge"]);
  expect(names(await prices({ instanceName: two }, "NONE_OF"))).not.toContain("ml.g5.xlarge");
});

test("says what can be asked for", async () => {
  const { Services } = await client.send(new DescribeServicesCommand({}));
  expect(Services?.[0]?.AttributeNames).toContain("regionCode");
  const asked = { ServiceCode, AttributeName: "regionCode" };
  expect((await client.send(new GetAttributeValuesCommand(asked))).AttributeValues).toEqual([
    { Value: "us-east-1" },
  ]);
});

test.each([
  [{ ServiceCode: "AmazonEC2" }, "NotFoundException"],
  [{ ServiceCode, FormatVersion: "v2" }, "InvalidParameterException"],
  [{ ServiceCode, NextToken: "bm8=" }, "InvalidNextTokenException"],
  [{ ServiceCode, MaxResults: 101 }, "ValidationException"],
])("%j is refused: %s", async (input, name) => {
  await expect(client.send(new GetProductsCommand(input))).rejects.toMatchObject({ name });
});
