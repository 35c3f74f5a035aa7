import "server-only";
import { ENDPOINT_STATUSES, type EndpointStatus } from "#lib/endpoint/endpoint.ts";

/** EndpointStatus as AWS writes it; a word added after this was written becomes `Unknown`. */
export function translateStatus(word: string | undefined): EndpointStatus {
  return ENDPOINT_STATUSES.find((status) => status === word) ?? "Unknown";
}
