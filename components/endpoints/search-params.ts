import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { ENDPOINT_SORTS } from "#lib/endpoint/arrange-endpoints.ts";
import { ENDPOINT_STATUSES } from "#lib/endpoint/endpoint.ts";

/** What the list shows is in its address, so that a reload or a shared link shows the same. */
export const endpointSearchParams = {
  text: parseAsString.withDefault(""),
  status: parseAsStringLiteral(ENDPOINT_STATUSES),
  sort: parseAsStringLiteral(ENDPOINT_SORTS).withDefault("created"),
  descending: parseAsBoolean.withDefault(true),
};
