import { createHash } from "node:crypto";
import { z } from "zod";
import catalogue from "../../lib/lmi/instances.json" with { type: "json" };
import type { JsonObject } from "../json.ts";

/** What has a price: its attributes as filters see them, and the document that GetProducts answers. */
export type Product = {
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly document: JsonObject;
};

/** The only service that has prices here. */
export const SERVICE_CODE = "AmazonSageMaker";

const schema = z.object({
  instances: z.array(
    z.object({
      instance_type: z.string(),
      vcpus: z.number().nullish(),
      ram_gib: z.number().nullish(),
      accelerator_count: z.number().nullish(),
      accelerator_kind: z.string().nullish(),
      price_us_east_1_usd_per_hour: z.number().nullish(),
      price_as_of: z.string().nullish(),
    }),
  ),
});
type Row = z.infer<typeof schema>["instances"][number];

// The codes of the price list for "on demand" and "by the hour"; the same for every product.
const TERM = "JRTCKXETXF";
const RATE = "6YS6EN2CT7";
// The newest price of the catalogue; those without a date of their own are as old or older.
const PUBLISHED = "2026-08-17T00:00:00Z";
const LOCATION = "US East (N. Virginia)";

/**
 * Hosting in us-east-1 by the hour, for the instance types whose price some source names: those of other types and
 * regions are not known here, and an invented price would be taken for AWS's.
 */
export const PRODUCTS: readonly Product[] = schema.parse(catalogue).instances.flatMap((row) => {
  const { price_us_east_1_usd_per_hour: price } = row;
  return price == null ? [] : [product(row, price)];
});

function product(row: Row, price: number): Product {
  const name = row.instance_type;
  const sku = skuOf(name);
  const attributes = {
    servicecode: SERVICE_CODE,
    servicename: "Amazon SageMaker",
    location: LOCATION,
    locationType: "AWS Region",
    regionCode: "us-east-1",
    component: "Hosting",
    instanceName: name,
    instanceType: name,
    usagetype: `USE1-Host:${name}`,
    operation: "RunInstance",
    ...(row.vcpus == null ? {} : { vCpu: String(row.vcpus) }),
    ...(row.ram_gib == null ? {} : { memory: `${row.ram_gib} GiB` }),
    ...(row.accelerator_kind !== "gpu" || row.accelerator_count == null
      ? {}
      : { gpu: String(row.accelerator_count), physicalGpu: String(row.accelerator_count) }),
  };
  const family = "ML Instance";
  return {
    sku,
    attributes: { ...attributes, productFamily: family, sku },
    document: {
      product: { productFamily: family, attributes, sku },
      serviceCode: SERVICE_CODE,
      terms: { OnDemand: { [`${sku}.${TERM}`]: onDemand(sku, name, price, row.price_as_of ?? null) } },
      version: PUBLISHED.replace(/\D/g, ""),
      publicationDate: PUBLISHED,
    },
  };
}

function onDemand(sku: string, name: string, price: number, asOf: string | null): JsonObject {
  const rateCode = `${sku}.${TERM}.${RATE}`;
  return {
    priceDimensions: {
      [rateCode]: {
        unit: "Hrs",
        endRange: "Inf",
        description: `$${price} per Hosting ${name} hour in ${LOCATION}`,
        appliesTo: [],
        rateCode,
        beginRange: "0",
        pricePerUnit: { USD: price.toFixed(10) },
      },
    },
    sku,
    effectiveDate: asOf === null ? PUBLISHED : `${asOf.length === 7 ? `${asOf}-01` : asOf}T00:00:00Z`,
    offerTermCode: TERM,
    termAttributes: {},
  };
}

// AWS's keys are arbitrary letters and digits that stay the same for a product.
function skuOf(name: string): string {
  const digest = createHash("sha256").update(`${SERVICE_CODE}/us-east-1/Hosting/${name}`).digest();
  return [...digest.subarray(0, 16)].map((byte) => "ABCDEFGHJKMNPQRSTUVWXYZ23456789"[byte % 31]).join("");
}
