"use server";

import { createEndpoint as create } from "#lib/aws/create-endpoint.ts";
import { deleteEndpoint as remove } from "#lib/aws/delete-endpoint.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { parseCreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { parseDeleteEndpointInput } from "#lib/endpoint/delete-endpoint-input.ts";
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
