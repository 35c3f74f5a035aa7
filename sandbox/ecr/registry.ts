import { createHash } from "node:crypto";
import catalogue from "../../lib/lmi/images.json" with { type: "json" };

/** An image as a registry holds it: `digest` is the manifest's own SHA-256, as the registry's protocol has it. */
export type Image = { readonly tag: string; readonly digest: string; readonly manifest: string };

export const MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

// All four frameworks share it; only the tag tells them apart.
const REPOSITORY = "djl-inference";
const CONFIG_TYPE = "application/vnd.docker.container.image.v1+json";

const REGIONS: Readonly<Record<string, { readonly account: string }>> = catalogue.regions;
const REGION_SETS: Readonly<Record<string, readonly string[]>> = catalogue.region_sets;
const FRAMEWORKS = Object.values(catalogue.frameworks);

/** AWS's account that publishes LMI containers in a region; undefined where no source names one. */
export function publisherIn(region: string): string | undefined {
  return REGIONS[region]?.account;
}

/**
 * The images AWS's publishing account has in a region, by tag, as far as the catalogue's sources name them;
 * undefined where the repository is not there.
 */
export function imagesIn(region: string, repository: string): ReadonlyMap<string, Image> | undefined {
  if (repository !== REPOSITORY || publisherIn(region) === undefined) return undefined;
  const tags = FRAMEWORKS.flatMap(({ versions }) =>
    versions.flatMap(({ version, tag, region_set }) => {
      if (!REGION_SETS[region_set]?.includes(region)) return [];
      // One version of the catalogue stands for a build a month, each with a tag of its own.
      const builds = catalogue.lmi_0_36_builds.filter((build) => build.djl_serving === version);
      return [tag, ...builds.map((build) => build.tag)];
    }),
  );
  return new Map(tags.map((tag) => [tag, imageOf(tag)]));
}

/** No source has AWS's manifests: this one is well formed, without layers, and the same for a tag everywhere. */
function imageOf(tag: string): Image {
  const config = JSON.stringify({ architecture: "amd64", os: "linux", config: { Labels: { tag } } });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE,
    config: { mediaType: CONFIG_TYPE, size: config.length, digest: digestOf(config) },
    layers: [],
  });
  return { tag, digest: digestOf(manifest), manifest };
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
