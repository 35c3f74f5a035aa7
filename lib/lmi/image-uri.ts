import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";
import images from "./images.json" with { type: "json" };

const FRAMEWORKS = ["djl-lmi", "djl-tensorrtllm", "djl-deepspeed", "djl-neuronx"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

const registrySchema = z.object({
  regions: z.record(z.string(), z.object({ account: z.string(), dns_suffix: z.string() })),
  region_sets: z.record(z.string(), z.array(z.string())),
  frameworks: z.record(
    z.enum(FRAMEWORKS),
    z.object({
      repository: z.string(),
      versions: z.array(z.object({ version: z.string(), tag: z.string(), region_set: z.string() })),
    }),
  ),
});

/** AWS's registry of LMI images as images.json records it: which tag, in which account, in which regions. */
const REGISTRY = registrySchema.parse(images);

/** Regions that have some LMI container, in the order of the alphabet. */
export const LMI_REGIONS: readonly string[] = Object.keys(REGISTRY.regions).toSorted();

/** Versions of a framework that AWS's registry names, oldest first. */
export function listVersions(framework: Framework): string[] {
  return REGISTRY.frameworks[framework].versions.map((row) => row.version);
}

/** The newest version AWS's registry names, which its SDK calls "latest"; djl-deepspeed has no such name. */
export function latestVersion(framework: Framework): string | null {
  return framework === "djl-deepspeed" ? null : (listVersions(framework).at(-1) ?? null);
}

/**
 * The URI of an LMI image in a region, `{account}.dkr.ecr.{region}.{suffix}/djl-inference:{tag}`. `tag` takes
 * another build of the version than the registry's (LMI 0.36 has a build a month). Fails with `invalid` where
 * the version does not exist or AWS does not publish it in the region.
 */
export function imageUri({
  framework,
  version,
  region,
  tag,
}: {
  framework: Framework;
  version: string;
  region: string;
  tag?: string;
}): Result<string> {
  const { repository, versions } = REGISTRY.frameworks[framework];
  const meant = version === "latest" ? latestVersion(framework) : version;
  const row = versions.find((candidate) => candidate.version === meant);
  if (!row) {
    return fail({
      code: "invalid",
      message: `There is no ${framework} container of version ${version}.`,
      hint: `Choose one of ${versions.map((candidate) => candidate.version).join(", ")}.`,
      field: "image",
    });
  }
  const place = REGISTRY.regions[region];
  if (!place || !REGISTRY.region_sets[row.region_set]?.includes(region)) {
    return fail({
      code: "invalid",
      message: `AWS does not publish the ${framework} container ${version} in ${region}.`,
      hint: "Choose another container, or another region with AWS_REGION.",
      field: "image",
    });
  }
  return succeed(`${place.account}.dkr.ecr.${region}.${place.dns_suffix}/${repository}:${tag ?? row.tag}`);
}
