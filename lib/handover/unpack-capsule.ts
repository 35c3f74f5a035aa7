import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import type { Capsule } from "./capsule.ts";

/** A name that an endpoint can have, for a recording that does not say which one answered. */
const NAMELESS = "recorded-answer";

/**
 * A capsule's run under a name of its own: whoever opens the same file twice has two runs, and none takes the place
 * of the run it was made of. A recording that does not say what was asked has neither prompt nor messages.
 */
export function unpackCapsule(
  { request, events, endpointName, startedAt }: Capsule,
  { id, now }: { id: string; now: number },
): { startedAt: number; request: InvokeRequest; events: RunEvent[] } {
  const at = startedAt ?? now;
  const start: RunEvent = {
    type: "run-start",
    runId: id,
    endpointName,
    startedAt: at,
    dialect: "lmi",
    requestBody: "",
  };
  const named = events.map((event) => (event.type === "run-start" ? { ...event, runId: id } : event));
  return {
    startedAt: at,
    request: request ?? { endpointName: NAMELESS, parameters: {} },
    events: named.some(({ type }) => type === "run-start") ? named : [start, ...named],
  };
}
