import { createHash } from "node:crypto";

/** The id of the machine with this index behind a variant; the same for the whole life of an endpoint. */
export function instanceId(
  endpoint: { readonly arn: string; readonly createdAt: number },
  variant: string,
  index: number,
): string {
  const digest = createHash("sha256").update(`${endpoint.arn}/${endpoint.createdAt}/${variant}/${index}`);
  return `i-0${digest.digest("hex").slice(0, 16)}`;
}
