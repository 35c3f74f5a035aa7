import * as z from "zod/mini";
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
  /** What the EC2 API reports for one of them, in MiB: nearer to what a process gets than the nominal figure. */
  memoryPerAcceleratorMib: number | null;
  kind: "gpu" | "neuron" | null;
  /** Of all accelerators; Neuron's tensor parallelism counts these. Null for GPUs. */
  neuronCores: number | null;
  hasBf16: boolean | null;
  /** Computes in eight-bit floats itself (compute capability 8.9 and up). */
  hasFp8: boolean | null;
  /** US dollars per instance and hour on demand in us-east-1; null where unknown, never a guess. */
  pricePerHour: number | null;
};

function readKind(written: string | null | undefined): InstanceType["kind"] {
  return written === "gpu" || written === "neuron" ? written : null;
}

/** Devices that `tensor_parallel_degree` counts: GPUs, or NeuronCores; null where not known. */
export function parallelDevices(type: InstanceType): number | null {
  return type.kind === "neuron" ? type.neuronCores : type.acceleratorCount;
}

const catalogueSchema = z.object({
  instances: z.array(
    z.pipe(
      z.object({
        instance_type: z.string(),
        family: z.string(),
        sagemaker_hosting: z.boolean(),
        vcpus: z.nullable(z.number()),
        ram_gib: z.nullable(z.number()),
        accelerator: z.nullable(z.string()),
        accelerator_count: z.nullable(z.number()),
        accelerator_kind: z.nullish(z.string()),
        memory_per_accelerator_mib_ec2: z.nullish(z.number()),
        neuron_cores: z.nullish(z.number()),
        bf16: z.nullish(z.boolean()),
        fp8_w8a8: z.nullish(z.boolean()),
        aggregate_accelerator_memory_gb: z.nullable(z.number()),
        price_us_east_1_usd_per_hour: z.nullable(z.number()),
      }),
      z.transform((row) => ({
        isHosting: row.sagemaker_hosting,
        type: {
          name: row.instance_type,
          family: row.family,
          vcpus: row.vcpus,
          memoryGib: row.ram_gib,
          accelerator: row.accelerator,
          acceleratorCount: row.accelerator_count,
          acceleratorMemoryGb: row.aggregate_accelerator_memory_gb,
          memoryPerAcceleratorMib: row.memory_per_accelerator_mib_ec2 ?? null,
          kind: readKind(row.accelerator_kind),
          neuronCores: row.neuron_cores ?? null,
          hasBf16: row.bf16 ?? null,
          hasFp8: row.fp8_w8a8 ?? null,
          pricePerHour: row.price_us_east_1_usd_per_hour,
        },
      })),
    ),
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
