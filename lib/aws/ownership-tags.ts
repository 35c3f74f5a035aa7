import "server-only";
import type { Tag } from "@aws-sdk/client-sagemaker";
import { EXPIRY_KEY } from "#lib/endpoint/expiry.ts";

const CREATED_BY: Tag = { Key: "sagescope:created-by", Value: "sagescope" };
const ENDPOINT_KEY = "sagescope:endpoint";

/**
 * What all resources of an endpoint carry, besides the person's own tags. `expiresAt` is when its maker meant it
 * to be gone, in ISO 8601: a reminder in the account itself, which every copy of Sagescope can read.
 */
export function ownershipTags(
  endpointName: string,
  own: readonly { key: string; value: string }[],
  expiresAt?: string,
): Tag[] {
  return [
    CREATED_BY,
    { Key: ENDPOINT_KEY, Value: endpointName },
    ...(expiresAt ? [{ Key: EXPIRY_KEY, Value: expiresAt }] : []),
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
