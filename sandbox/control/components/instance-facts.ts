import { z } from "zod";
import catalogue from "../../../lib/lmi/instances.json" with { type: "json" };

/** What one instance has, or what one copy of a component takes of it; memory in MiB. */
export type Resources = { readonly accelerators: number; readonly cpus: number; readonly memoryMb: number };

const catalogueSchema = z.object({
  instances: z.array(
    z.object({
      instance_type: z.string(),
      vcpus: z.number().nullable(),
      ram_gib: z.number().nullable(),
      accelerator_count: z.number().nullable(),
    }),
  ),
});

// What the catalogue does not know of a type refuses nobody.
const UNKNOWN = Number.POSITIVE_INFINITY;

const KNOWN = new Map<string, Resources>(
  catalogueSchema.parse(catalogue).instances.map((row) => [
    row.instance_type,
    {
      accelerators: row.accelerator_count ?? UNKNOWN,
      cpus: row.vcpus ?? UNKNOWN,
      memoryMb: (row.ram_gib ?? UNKNOWN) * 1024,
    },
  ]),
);

// EC2 sizes the families without accelerators by one rule: GiB a vCPU by the family's letter.
const GIB_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, t: 4 };
const CPUS_PER_XLARGE = 4;

/** What an instance type has; for the types without accelerators by the rule of its family. */
export function resourcesOf(instanceType: string): Resources {
  const known = KNOWN.get(instanceType);
  if (known !== undefined) return known;
  const [, family = "m", times, size] = /^ml\.([a-z]+)\d[^.]*\.(\d*)(\w+)$/.exec(instanceType) ?? [];
  const cpus = size === "xlarge" ? CPUS_PER_XLARGE * Number(times || 1) : 2;
  const memoryMb = cpus * (GIB_PER_CPU[family.charAt(0)] ?? 4) * 1024;
  return { accelerators: 0, cpus, memoryMb };
}
