import type { EndpointStatus, EndpointSummary } from "./endpoint.ts";

export const ENDPOINT_SORTS = ["name", "status", "created", "modified"] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];

export type EndpointArrangement = {
  /** Words that must all occur in the name, whatever their case; empty keeps everything. */
  text: string;
  status: EndpointStatus | null;
  sort: EndpointSort;
  descending: boolean;
};

/** The rows a person asked to see, in order. Ties go by name, so that polling never shuffles rows. */
export function arrangeEndpoints(
  endpoints: readonly EndpointSummary[],
  arrangement: EndpointArrangement,
): EndpointSummary[] {
  const words = arrangement.text.toLowerCase().split(/\s+/).filter(Boolean);
  const direction = arrangement.descending ? -1 : 1;
  return endpoints
    .filter((endpoint) => arrangement.status === null || endpoint.status === arrangement.status)
    .filter((endpoint) => words.every((word) => endpoint.name.toLowerCase().includes(word)))
    .sort(
      (left, right) =>
        direction * compare(left, right, arrangement.sort) || left.name.localeCompare(right.name, "en"),
    );
}

function compare(left: EndpointSummary, right: EndpointSummary, sort: EndpointSort): number {
  switch (sort) {
    case "name":
      return left.name.localeCompare(right.name, "en");
    case "status":
      return left.status.localeCompare(right.status, "en");
    case "created":
      return left.createdAt - right.createdAt;
    case "modified":
      return left.modifiedAt - right.modifiedAt;
  }
}
