import { AwsError } from "../aws-error.ts";
import { ACCOUNT, partitionOf } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, objectsAt, stringAt } from "../json.ts";
import { type Image, imagesIn, MEDIA_TYPE, publisherIn } from "./registry.ts";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** An image's manifest by tag or digest; what is not there is a failure within the answer, and no refusal. */
export function batchGetImage({ region }: Scope, input: JsonObject): JsonObject {
  const registryId = stringAt(input, "registryId") ?? ACCOUNT;
  const repositoryName = stringAt(input, "repositoryName") ?? "";
  const images = openRepository(region, registryId, repositoryName);
  const asked = objectsAt(input, "imageIds").map((id) => ({ id, found: find(images, id) }));
  return {
    images: asked.flatMap(({ id, found }) =>
      "code" in found
        ? []
        : {
            registryId,
            repositoryName,
            imageId: { imageDigest: found.digest, imageTag: stringAt(id, "imageTag") ?? found.tag },
            imageManifest: found.manifest,
            imageManifestMediaType: MEDIA_TYPE,
          },
    ),
    failures: asked.flatMap(({ id, found }) =>
      "code" in found ? { imageId: id, failureCode: found.code, failureReason: found.reason } : [],
    ),
  };
}

/** AWS's containers are open to everyone; no other account has given this one a look into its registry. */
function openRepository(region: string, registryId: string, name: string): ReadonlyMap<string, Image> {
  const isPublisher = registryId === publisherIn(region);
  if (!isPublisher && registryId !== ACCOUNT) {
    const partition = partitionOf(region);
    throw new AwsError(
      "AccessDeniedException",
      `User: arn:${partition}:iam::${ACCOUNT}:user/sandbox is not authorized to perform: ecr:BatchGetImage on resource: arn:${partition}:ecr:${region}:${registryId}:repository/${name} because no resource-based policy allows the ecr:BatchGetImage action`,
    );
  }
  const images = isPublisher ? imagesIn(region, name) : undefined;
  if (images === undefined) {
    throw new AwsError(
      "RepositoryNotFoundException",
      `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
    );
  }
  return images;
}

function find(images: ReadonlyMap<string, Image>, id: JsonObject): Image | { code: string; reason: string } {
  const tag = stringAt(id, "imageTag");
  const digest = stringAt(id, "imageDigest");
  if (digest === undefined && tag === undefined) {
    return {
      code: "MissingDigestAndTag",
      reason: "Invalid request parameters: both tag and digest cannot be null",
    };
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    return {
      code: "InvalidImageDigest",
      reason:
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    };
  }
  const found =
    tag === undefined ? [...images.values()].find((image) => image.digest === digest) : images.get(tag);
  if (found === undefined) return { code: "ImageNotFound", reason: "Requested image not found" };
  if (digest !== undefined && found.digest !== digest) {
    return {
      code: "ImageTagDoesNotMatchDigest",
      reason: "Requested image tag does not match the image digest",
    };
  }
  return found;
}
