import { isJsonObject, objectsAt, stringAt } from "../json.ts";
import type { EndpointRecord } from "../state/records.ts";
import { rollBack } from "./plan-update.ts";
import { keyOf, type Scope } from "./scope.ts";
import { phaseAt, schedule } from "./timeline.ts";
import { fleetAt } from "./view-endpoint.ts";

/**
 * Rolls a deployment back where one of its alarms is in ALARM; answers the endpoint as it is then. An alarm goes
 * off when it likes, so this is the one transition that is decided when somebody looks.
 */
export function watchAlarms(scope: Scope, endpoint: EndpointRecord): EndpointRecord {
  const phase = phaseAt(endpoint.phases, scope.clock.now());
  const rollback = endpoint.lastDeployment?.AutoRollbackConfiguration;
  if (phase.status !== "Updating" || phase.pending === undefined || !isJsonObject(rollback)) {
    return endpoint;
  }
  const names = objectsAt(rollback, "Alarms").map((alarm) => stringAt(alarm, "AlarmName") ?? "");
  const ringing = names.filter((name) => scope.neighbours.alarmState(scope, name) === "ALARM");
  if (ringing.length === 0) {
    return endpoint;
  }
  const reason = `The request to update endpoint ${endpoint.name} was rolled back because the following alarm(s) in ALARM state: ${ringing.join(", ")}.`;
  const places = { serving: phase.desired, next: phase.pending.fleet };
  const now = scope.clock.now();
  const value = {
    ...endpoint,
    modifiedAt: now,
    phases: [
      ...endpoint.phases.filter(({ at }) => at <= now),
      ...schedule(scope.clock, rollBack(places, fleetAt(endpoint, places.next), reason)),
    ],
  };
  scope.store.commit([{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }]);
  return value;
}
