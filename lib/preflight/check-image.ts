import { frameworksOf } from "#lib/choose/backend-catalogue.ts";
import { imageUri, listVersions } from "#lib/lmi/image-uri.ts";
import { withBackend } from "#lib/plan/follow-tree.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { line, type PreflightFix, type PreflightLine, unknownLine } from "./preflight-line.ts";

/** Whether AWS's registry has the plan's image in its region. Nothing to say where no table names an image. */
export function checkImage(plan: Plan, { image, trouble }: AccountFacts): PreflightLine[] {
  const tag = tagOf(plan);
  if (tag === null) return [];
  const title = "Image in the region";
  if (!image) {
    const sentence = "Whether AWS's registry has the image is not known.";
    return [unknownLine("image", title, sentence, trouble.image)];
  }
  if (image.exists) return [line("image", title, "pass", `AWS's registry in ${plan.region} has ${tag}.`)];
  const words =
    image.others.length > 0
      ? "Choose a build or version that is there."
      : "It has no other version of this container either: choose another container or region.";
  return [
    line(
      "image",
      title,
      "block",
      `AWS's registry in ${plan.region} has no ${tag}. ${words}`,
      fixesOf(plan, image.others),
    ),
  ];
}

/** The tags that may stand in for a plan's image: every version of its container, the newest last. */
export function otherTags(plan: Plan): string[] {
  return listVersions(plan.framework).flatMap(
    (version) => tagOf({ ...plan, lmiVersion: version, imageTag: null }) ?? [],
  );
}

/** First the table's own build of the same version, then the newest version that still has the back end. */
function fixesOf(plan: Plan, others: readonly string[]): PreflightFix[] {
  const { backend, framework, lmiVersion } = plan;
  const has = (version: string) =>
    others.includes(tagOf({ ...plan, lmiVersion: version, imageTag: null }) ?? "");
  if (plan.imageTag !== null && has(lmiVersion)) {
    const label = `Take ${tagOf({ ...plan, imageTag: null })}`;
    return [{ kind: "patch", label, patch: { imageTag: null } }];
  }
  const version = listVersions(framework).findLast(
    (each) => has(each) && frameworksOf(backend, each).includes(framework),
  );
  if (version === undefined) return [];
  const { imageTag, properties } = withBackend({ ...plan, imageTag: null }, { backend, framework, version });
  return [
    {
      kind: "patch",
      label: `Take ${framework} ${version}`,
      patch: { lmiVersion: version, imageTag, properties },
    },
  ];
}

function tagOf({ framework, lmiVersion, region, imageTag }: Plan): string | null {
  const image = imageUri({ framework, version: lmiVersion, region, ...(imageTag ? { tag: imageTag } : {}) });
  return image.ok ? image.value.slice(image.value.lastIndexOf(":") + 1) : null;
}
