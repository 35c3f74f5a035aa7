import { createHash } from "node:crypto";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { keyOfTarget, matchesScaled, requireNamespace } from "./dimensions.ts";
import { pageOf } from "./page.ts";
import type { ActivityRecord, Scaled } from "./records.ts";

const KEPT_MS = 6 * 7 * 24 * 3_600_000;

/** A page of what the autoscaler did in the last six weeks, the newest first. */
export function describeScalingActivities(scope: Scope, input: JsonObject): JsonObject {
  requireNamespace(input);
  const oldest = scope.clock.now() - KEPT_MS;
  const activities = scope.store
    .all("scalingActivities", scope.region)
    .filter((activity) => matchesScaled(activity, input) && activity.at >= oldest)
    .filter(({ notScaled }) => notScaled === undefined || input.IncludeNotScaledActivities === true);
  const page = pageOf(scope, input, "DescribeScalingActivities", activities, (activity) => activity.at);
  return { ScalingActivities: page.items.map(describeActivity), ...page.next };
}

/** Writes an activity and forgets what is older than AWS remembers. */
export function recordActivity(scope: Scope, activity: Omit<ActivityRecord, "id" | "at">): void {
  const { store, region, clock } = scope;
  const at = clock.now();
  // The same minute evaluated twice, after a kill in between, is the same activity.
  const id = idFrom(`${region}/${keyOfTarget(activity)}/${at}/${activity.description}`);
  const old = store.all("scalingActivities", region).filter((other) => other.at < at - KEPT_MS);
  store.commit([
    { table: "scalingActivities", region, key: id, value: { ...activity, id, at } },
    ...old.map((other) => ({ table: "scalingActivities" as const, region, key: other.id, value: null })),
  ]);
}

/** The activities of one target, the newest first. */
export function activitiesOf(scope: Scope, scaled: Scaled): ActivityRecord[] {
  return scope.store
    .all("scalingActivities", scope.region)
    .filter((activity) => keyOfTarget(activity) === keyOfTarget(scaled))
    .toSorted((left, right) => right.at - left.at);
}

function describeActivity(activity: ActivityRecord): JsonObject {
  return {
    ActivityId: activity.id,
    ServiceNamespace: "sagemaker",
    ResourceId: activity.resourceId,
    ScalableDimension: activity.dimension,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: epochSeconds(activity.at),
    EndTime: epochSeconds(activity.at),
    StatusCode: activity.status,
    StatusMessage: activity.message,
    ...(isJsonObject(activity.notScaled) ? { NotScaledReasons: [activity.notScaled] } : {}),
  };
}

function idFrom(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex");
  return [8, 12, 16, 20, 32].map((end, index) => digest.slice([0, 8, 12, 16, 20][index], end)).join("-");
}
