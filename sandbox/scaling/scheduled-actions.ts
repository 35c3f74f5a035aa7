import { randomUUID } from "node:crypto";
import { validationException } from "../aws-error.ts";
import { ACCOUNT, partitionOf } from "../control/arns.ts";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, stringAt } from "../json.ts";
import { matchesScaled, readScaled, requireNamespace } from "./dimensions.ts";
import { pageOf } from "./page.ts";
import type { Scaled, ScheduledActionRecord } from "./records.ts";
import { parseSchedule } from "./schedule.ts";
import { notFound, requireTarget } from "./targets.ts";

/** PutScheduledAction: makes an action, or changes what the call names of the one with this name. */
export function putScheduledAction(scope: Scope, input: JsonObject): JsonObject {
  const scaled = readScaled(input);
  requireTarget(scope, scaled);
  const name = stringAt(input, "ScheduledActionName") ?? "";
  const before = findAction(scope, scaled, name);
  const schedule = stringAt(input, "Schedule") ?? before?.schedule ?? "";
  const timezone = stringAt(input, "Timezone") ?? before?.timezone ?? "UTC";
  const limits = isJsonObject(input.ScalableTargetAction) ? input.ScalableTargetAction : undefined;
  const min = limits === undefined ? before?.min : numberAt(limits, "MinCapacity");
  const max = limits === undefined ? before?.max : numberAt(limits, "MaxCapacity");
  if (parseSchedule(schedule, timezone, 0) === undefined) {
    throw validationException(`Invalid schedule expression or time zone: ${schedule} ${timezone}`);
  }
  if ((min ?? undefined) === undefined && (max ?? undefined) === undefined) {
    throw validationException("ScalableTargetAction with MinCapacity, MaxCapacity or both is required.");
  }
  if (typeof min === "number" && typeof max === "number" && min > max) {
    throw validationException("Maximum capacity cannot be less than minimum capacity");
  }
  const resource = `resource/sagemaker/${scaled.resourceId}:scheduledActionName/${name}`;
  const action: ScheduledActionRecord = {
    ...scaled,
    arn:
      before?.arn ??
      `arn:${partitionOf(scope.region)}:autoscaling:${scope.region}:${ACCOUNT}:scheduledAction:${randomUUID()}:${resource}`,
    name,
    schedule,
    timezone,
    startsAt: momentAt(input, "StartTime") ?? before?.startsAt ?? null,
    endsAt: momentAt(input, "EndTime") ?? before?.endsAt ?? null,
    min: min ?? null,
    max: max ?? null,
    createdAt: scope.clock.now(),
  };
  scope.store.commit([{ table: "scheduledActions", region: scope.region, key: action.arn, value: action }]);
  return {};
}

/** A page of scheduled actions. */
export function describeScheduledActions(scope: Scope, input: JsonObject): JsonObject {
  requireNamespace(input);
  const names = input.ScheduledActionNames;
  const actions = scope.store
    .all("scheduledActions", scope.region)
    .filter((action) => matchesScaled(action, input))
    .filter(({ name, arn }) => !Array.isArray(names) || names.includes(name) || names.includes(arn));
  const page = pageOf(scope, input, "DescribeScheduledActions", actions, (action) => action.createdAt);
  return { ScheduledActions: page.items.map(describeAction), ...page.next };
}

/** Deletes an action by its name. */
export function deleteScheduledAction(scope: Scope, input: JsonObject): JsonObject {
  const scaled = readScaled(input);
  const action = findAction(scope, scaled, stringAt(input, "ScheduledActionName") ?? "");
  if (action === undefined) throw notFound("scheduled action", scaled);
  scope.store.commit([{ table: "scheduledActions", region: scope.region, key: action.arn, value: null }]);
  return {};
}

function describeAction(action: ScheduledActionRecord): JsonObject {
  return {
    ScheduledActionName: action.name,
    ScheduledActionARN: action.arn,
    ServiceNamespace: "sagemaker",
    Schedule: action.schedule,
    Timezone: action.timezone,
    ResourceId: action.resourceId,
    ScalableDimension: action.dimension,
    ...(action.startsAt === null ? {} : { StartTime: epochSeconds(action.startsAt) }),
    ...(action.endsAt === null ? {} : { EndTime: epochSeconds(action.endsAt) }),
    ScalableTargetAction: {
      ...(action.min === null ? {} : { MinCapacity: action.min }),
      ...(action.max === null ? {} : { MaxCapacity: action.max }),
    },
    CreationTime: epochSeconds(action.createdAt),
  };
}

function findAction(scope: Scope, scaled: Scaled, name: string): ScheduledActionRecord | undefined {
  return scope.store
    .all("scheduledActions", scope.region)
    .find(
      (action) =>
        action.name === name &&
        action.resourceId === scaled.resourceId &&
        action.dimension === scaled.dimension,
    );
}

function momentAt(input: JsonObject, member: string): number | undefined {
  const seconds = numberAt(input, member);
  return seconds === undefined ? undefined : seconds * 1000;
}
