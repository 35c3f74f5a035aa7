import catalogue from "../../lib/lmi/instances.json" with { type: "json" };

/** The cores and GPUs of an instance type; types without a row in the catalogue count four cores for each `xlarge`. */
export function machineSize(instanceType: string): { cores: number; gpus: number } {
  const row = catalogue.instances.find((candidate) => candidate.instance_type === instanceType);
  if (row !== undefined) {
    return { cores: row.vcpus ?? 4, gpus: row.accelerator_kind === "gpu" ? (row.accelerator_count ?? 0) : 0 };
  }
  const size = /\.(\d*)(x?large)$/.exec(instanceType);
  return { cores: size?.[2] === "xlarge" ? 4 * Number(size[1] || 1) : 2, gpus: 0 };
}
