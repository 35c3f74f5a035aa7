import "server-only";
import type { Tag } from "@aws-sdk/client-sagemaker";

const CREATED_BY: Tag = { Key: "sagescope:created-by", Value: "sagescope" };
const ENDPOINT_KEY = "sagescope:endpoint";

/** What all three resources of an endpoint carry, besides the person's own tags. */
export function ownershipTags(endpointName: string, own: readonly { key: string; value: string }[]): Tag[] {
  return [
    CREATED_BY,
    { Key: ENDPOINT_KEY, Value: endpointName },
    ...own.map(({ key, value }) => ({ Key: key, Value: value })),
  ];
}

/** Whether Sagescope made the tagged thing for this very endpoint: nothing else may be deleted with it. */
export function isOwnedBy(endpointName: string, tags: readonly Tag[]): boolean {
  return (
    tags.some((tag) => tag.Key === CREATED_BY.Key && tag.Value === CREATED_BY.Value) &&
    tags.some((tag) => tag.Key === ENDPOINT_KEY && tag.Value === endpointName)
  );
}
