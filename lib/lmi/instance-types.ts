import { z } from "zod";
import instances from "./instances.json" with { type: "json" };

/** An instance type SageMaker hosts endpoints on. Null means that no source says. */
export type InstanceType = {
  name: string;
  family: string;
  vcpus: number | null;
  memoryGib: number | null;
  accelerator: string | null;
  acceleratorCount: number | null;
  /** Of all accelerators together, the vendor's nominal figure in GB. */
  acceleratorMemoryGb: number | null;
  /** US dollars per instance and hour on demand in us-east-1; null where unknown, never a guess. */
  pricePerHour: number | null;
};

const catalogueSchema = z.object({
  instances: z.array(
    z
      .object({
        instance_type: z.string(),
        family: z.string(),
        sagemaker_hosting: z.boolean(),
        vcpus: z.number().nullable(),
        ram_gib: z.number().nullable(),
        accelerator: z.string().nullable(),
        accelerator_count: z.number().nullable(),
        aggregate_accelerator_memory_gb: z.number().nullable(),
        price_us_east_1_usd_per_hour: z.number().nullable(),
      })
      .transform((row) => ({
        isHosting: row.sagemaker_hosting,
        type: {
          name: row.instance_type,
          family: row.family,
          vcpus: row.vcpus,
          memoryGib: row.ram_gib,
          accelerator: row.accelerator,
          acceleratorCount: row.accelerator_count,
          acceleratorMemoryGb: row.aggregate_accelerator_memory_gb,
          pricePerHour: row.price_us_east_1_usd_per_hour,
        },
      })),
  ),
});

/** Accelerated instance types for endpoints, grouped by family as the catalogue lists them. */
export const INSTANCE_TYPES: readonly InstanceType[] = catalogueSchema
  .parse(instances)
  .instances.filter((row) => row.isHosting)
  .map((row) => row.type);

export function findInstanceType(name: string): InstanceType | null {
  return INSTANCE_TYPES.find((type) => type.name === name) ?? null;
}
