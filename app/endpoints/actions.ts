"use server";

import { createEndpoint as create } from "#lib/aws/create-endpoint.ts";
import { deleteEndpoint as remove } from "#lib/aws/delete-endpoint.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { extendExpiry as extend } from "#lib/aws/extend-expiry.ts";
import { parseCreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { parseDeleteEndpointInput } from "#lib/endpoint/delete-endpoint-input.ts";
import { parseExtendExpiryInput } from "#lib/endpoint/expiry.ts";
import type { Result } from "#lib/failure.ts";

/** Makes model, configuration and endpoint; `input` is whatever a browser sent. */
export async function createEndpoint(
  input: unknown,
): Promise<Result<{ name: string; modelName: string; configName: string }>> {
  const parsed = parseCreateEndpointInput(input);
  if (!parsed.ok) return parsed;
  const result = await create(parsed.value);
  endpointWatch().invalidate();
  return result;
}

/** Deletes an endpoint whose name was typed to confirm. */
export async function deleteEndpoint(
  input: unknown,
): Promise<Result<{ name: string; deleted: string[]; kept: { what: string; why: string }[] }>> {
  const parsed = parseDeleteEndpointInput(input);
  if (!parsed.ok) return parsed;
  const result = await remove(parsed.value);
  endpointWatch().invalidate();
  return result;
}

/** Lets an endpoint stay a day longer than its tag says. */
export async function extendExpiry(input: unknown): Promise<Result<{ expiresAt: string }>> {
  const parsed = parseExtendExpiryInput(input);
  if (!parsed.ok) return parsed;
  const result = await extend(parsed.value.name, Date.now());
  endpointWatch().invalidate();
  return result;
}
