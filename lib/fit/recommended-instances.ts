import * as z from "zod/mini";
import instances from "#lib/lmi/instances.json" with { type: "json" };
import { isVersionIn } from "#lib/lmi/versions.ts";

const rowsSchema = z.array(
  z.object({ params: z.string(), instance: z.array(z.string()), agg_gb: z.number(), batch: z.string() }),
);

/** A row of the table in LMI's instance guide: about so many parameters, instances, requests in a batch. */
export type Recommendation = { billions: number; instances: string[]; aggregateGb: number; batch: string };

const TABLES = instances.recommendation_table_lmi_docs;

/** The instance guide's table in a version: an older one to 0.28, the current one from 0.29. */
export function recommendedInstances(version: string): Recommendation[] {
  const rows = isVersionIn(version, "-0.28.0")
    ? TABLES["0.27.0-dlc_and_0.28.0-dlc"]
    : TABLES["0.29.0-dlc_and_later"];
  return rowsSchema.parse(rows).map((row) => ({
    billions: Number(row.params.replace(/[^\d.]/g, "")),
    instances: row.instance,
    aggregateGb: row.agg_gb,
    batch: row.batch,
  }));
}
