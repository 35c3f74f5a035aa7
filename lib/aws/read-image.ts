import "server-only";
import { BatchGetImageCommand, type ECRClient } from "@aws-sdk/client-ecr";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { ImageFact } from "#lib/preflight/account-facts.ts";
import { awsFailure } from "./aws-failure.ts";
import { ecr } from "./clients.ts";
import { remember } from "./remember.ts";

/** `{account}.dkr.ecr.{region}.{suffix}/{repository}:{tag}` */
const URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z0-9.-]+\/([^:]+):([^:]+)$/;
/** BatchGetImage takes no more at a time (API reference). */
const MOST_TAGS = 100;

type Repository = { registryId: string; repositoryName: string };

// An image that is there stays there; one that is missing may be published in a minute.
const rememberImage = remember<ImageFact>(500, ({ exists }) => exists);

/**
 * Whether the registry that an image's URI names has its tag; `otherTags` are looked for in its place where it
 * does not. Needs `ecr:BatchGetImage`, which AWS's registries grant to every account: the identity's own policy
 * decides. An image seen once is not asked for again.
 */
export async function readImage(uri: string, otherTags: readonly string[]): Promise<Result<ImageFact>> {
  const [, registryId, region = "", repositoryName, tag = ""] = URI.exec(uri) ?? [];
  if (!registryId || !repositoryName) {
    return fail({
      code: "invalid",
      message: `${uri} is no image of a registry of AWS's.`,
      hint: "Choose the container and version again.",
    });
  }
  const repository = { registryId, repositoryName };
  try {
    return succeed(await rememberImage(uri, () => askFor(ecr(region), repository, tag, otherTags)));
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function askFor(
  client: ECRClient,
  repository: Repository,
  tag: string,
  otherTags: readonly string[],
): Promise<ImageFact> {
  const found = await findTags(client, repository, [tag]);
  if (found.length > 0) return { exists: true };
  const others = otherTags.filter((other) => other !== tag).slice(-MOST_TAGS);
  return { exists: false, others: others.length === 0 ? [] : await findTags(client, repository, others) };
}

/** Those of the tags that the repository has; none where there is no such repository. */
async function findTags(
  client: ECRClient,
  repository: Repository,
  tags: readonly string[],
): Promise<string[]> {
  const imageIds = tags.map((imageTag) => ({ imageTag }));
  try {
    const answer = await client.send(new BatchGetImageCommand({ ...repository, imageIds }));
    // Any other failure than "not there" says nothing about the tag, and no tag is worse than a wrong one.
    const unclear = answer.failures?.find(({ failureCode }) => !NOT_THERE.has(failureCode ?? ""));
    if (unclear) throw new Error(`ECR answers ${unclear.failureCode}: ${unclear.failureReason}`);
    return (answer.images ?? []).flatMap(({ imageId }) => imageId?.imageTag ?? []);
  } catch (error) {
    if (error instanceof Error && error.name === "RepositoryNotFoundException") return [];
    throw error;
  }
}

const NOT_THERE = new Set(["ImageNotFound", "InvalidImageTag"]);
