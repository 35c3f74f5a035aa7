import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { recordActivity } from "./activities.ts";
import type { Capacities } from "./capacities.ts";
import { DIMENSIONS } from "./dimensions.ts";
import type { TargetRecord } from "./records.ts";

type Change = {
  readonly from: number;
  readonly to: number;
  readonly cause: string;
  readonly policy?: string;
};

/** Sets a target's capacity and records how that went, in the words of AWS's activities. */
export function changeCapacity(
  scope: Scope,
  capacities: Capacities,
  { resourceId, dimension }: TargetRecord,
  change: Change,
): void {
  const counts = countedBy(dimension);
  const activity = {
    resourceId,
    dimension,
    ...change,
    description: `Setting desired ${counts} to ${change.to}.`,
  };
  try {
    capacities.set(scope, { resourceId, dimension }, change.to);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Here a quota that is used up shows, and nowhere else.
    const reason = `${error.message} (Service: AmazonSageMaker; Status Code: ${error.status}; Error Code: ${error.code})`;
    recordActivity(scope, {
      ...activity,
      status: "Failed",
      message: `Failed to set desired ${counts} to ${change.to}. Reason: ${reason}`,
    });
    return;
  }
  recordActivity(scope, {
    ...activity,
    status: "Successful",
    message: `Successfully set desired ${counts} to ${change.to}. Change successfully fulfilled by sagemaker.`,
  });
}

function countedBy(dimension: string): string {
  return Object.entries(DIMENSIONS).find(([name]) => name === dimension)?.[1].counts ?? "capacity";
}
