import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { getConnection } from "#lib/aws/get-connection.ts";
import { readPrice } from "#lib/aws/read-price.ts";
import { database } from "#lib/db/database.ts";
import { listTimings } from "#lib/db/list-timings.ts";
import type { Variant } from "#lib/endpoint/endpoint.ts";
import { type Outlook, paceOf } from "#lib/experiment/pace.ts";

export const dynamic = "force-dynamic";

/** So many of the latest runs tell how fast an endpoint is. */
const RUNS = 50;

/** What an estimate needs: how fast this endpoint was, and what an hour of it costs. What is not known is null. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const { name } = await params;
  const [connection, opened, read] = await Promise.all([
    getConnection(),
    database(),
    endpointWatch().describe(name),
  ]);
  const outlook: Outlook = {
    pace: opened.ok ? paceOf(await listTimings(opened.value, name, RUNS)) : null,
    pricePerHour: read.ok ? await priceOf(read.value.value.endpoint.variants, connection.region) : null,
  };
  return Response.json(outlook, { headers: { "Cache-Control": "no-store" } });
}

/** One unknown price makes the sum unknown. */
async function priceOf(variants: readonly Variant[], region: string | null): Promise<number | null> {
  if (region === null || variants.length === 0) return null;
  const prices = await Promise.all(
    variants.map(async ({ instanceType, currentInstances }) => {
      if (instanceType === null || currentInstances === null) return null;
      const price = await readPrice({ instanceType, region });
      return price.ok && price.value !== null ? price.value * currentInstances : null;
    }),
  );
  return prices.reduce<number | null>(
    (sum, price) => (sum === null || price === null ? null : sum + price),
    0,
  );
}
