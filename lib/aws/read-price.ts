import "server-only";
import { paginateGetProducts } from "@aws-sdk/client-pricing";
import { z } from "zod";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { pricing } from "./clients.ts";
import { remember } from "./remember.ts";

const MAX_PAGES = 5;

/** One product of the price list, as far as an hourly price needs it (AWS price list, offer file). */
const productSchema = z.object({
  product: z.object({ attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          priceDimensions: z.record(
            z.string(),
            z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.string().optional() }) }),
          ),
        }),
      )
      .default({}),
  }),
});

const rememberPrice = remember<number | null>(500);

/**
 * US dollars for an hour of one instance that hosts an endpoint, on demand, before tax and discounts; null where
 * the price list has none. Needs `pricing:GetProducts`. A price read once serves until the server ends.
 */
export async function readPrice({
  instanceType,
  region,
}: {
  instanceType: string;
  region: string;
}): Promise<Result<number | null>> {
  try {
    return succeed(await rememberPrice(`${region} ${instanceType}`, () => askPrice(instanceType, region)));
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function askPrice(instanceType: string, region: string): Promise<number | null> {
  const filter = (field: string, value: string) =>
    ({ Type: "TERM_MATCH", Field: field, Value: value }) as const;
  const pages = paginateGetProducts(
    { client: pricing(), pageSize: 100 },
    {
      ServiceCode: "AmazonSageMaker",
      Filters: [filter("regionCode", region), filter("instanceName", instanceType)],
    },
  );
  let seen = 0;
  for await (const page of pages) {
    for (const text of page.PriceList ?? []) {
      const price = hostingPrice(text);
      if (price !== null) return price;
    }
    seen += 1;
    if (seen === MAX_PAGES) break;
  }
  return null;
}

/** The list holds training, notebooks and hosting of a type side by side: `component` tells which. */
function hostingPrice(text: unknown): number | null {
  // The SDK hands out objects that become the text when they are read as one.
  const parsed = productSchema.safeParse(JSON.parse(String(text)));
  if (!parsed.success || !/^hosting( instance)?$/i.test(parsed.data.product.attributes.component ?? ""))
    return null;
  const dimensions = Object.values(parsed.data.terms.OnDemand).flatMap((term) =>
    Object.values(term.priceDimensions),
  );
  const hourly = dimensions.find(({ unit }) => /^(hrs|hours?)$/i.test(unit))?.pricePerUnit.USD;
  const price = hourly === undefined ? Number.NaN : Number(hourly);
  return Number.isFinite(price) ? price : null;
}
