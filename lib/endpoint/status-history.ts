import type { EndpointDetail, EndpointSummary } from "./endpoint.ts";

type StatusChange = EndpointDetail["history"][number];

/** What has been seen of each endpoint, by name, and which endpoint of that name it was. */
export type StatusHistory = ReadonlyMap<string, { createdAt: number; changes: StatusChange[] }>;

const MAX_CHANGES = 100;
const MAX_ENDPOINTS = 2_000;

/**
 * Folds one look at an endpoint into the history: a status that differs from the last one seen is a change.
 * AWS keeps no history, so the first look knows only when the endpoint was created. A new endpoint under an
 * old name begins anew. `at` in epoch ms; the oldest entries leave first.
 */
export function recordStatus(
  history: StatusHistory,
  endpoint: Pick<EndpointSummary, "name" | "status" | "createdAt">,
  at: number,
): StatusHistory {
  const known = history.get(endpoint.name);
  if (!known || known.createdAt !== endpoint.createdAt) {
    return withEntry(history, endpoint, firstLook(endpoint, at));
  }
  const last = known.changes.at(-1);
  if (last?.status === endpoint.status) return history;
  const change: StatusChange = { status: endpoint.status, at, ...noteOf(last?.status, endpoint.status) };
  return withEntry(history, endpoint, [...known.changes, change].slice(-MAX_CHANGES));
}

function firstLook(endpoint: Pick<EndpointSummary, "status" | "createdAt">, at: number): StatusChange[] {
  const created: StatusChange = {
    status: "Creating",
    at: endpoint.createdAt,
    note: "Creation time as AWS gives it.",
  };
  if (endpoint.status === "Creating") return [created];
  return [
    created,
    {
      status: endpoint.status,
      at,
      note: "Already so when this server first looked; what came between is unknown.",
    },
  ];
}

/** The SDK's waiter reports an update that was rolled back as a success: the history says what it was. */
function noteOf(before: string | undefined, now: string): { note?: string } {
  return before === "RollingBack" && now === "InService"
    ? { note: "The update failed: the previous configuration serves again." }
    : {};
}

function withEntry(
  history: StatusHistory,
  endpoint: Pick<EndpointSummary, "name" | "createdAt">,
  changes: StatusChange[],
): StatusHistory {
  const next = new Map(history);
  next.delete(endpoint.name);
  next.set(endpoint.name, { createdAt: endpoint.createdAt, changes });
  const oldest = next.keys().next();
  if (next.size > MAX_ENDPOINTS && !oldest.done) next.delete(oldest.value);
  return next;
}
