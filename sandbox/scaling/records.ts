import type { JsonObject } from "../json.ts";

/** What of a resource is scaled; together the two name a target. */
export type Scaled = { readonly resourceId: string; readonly dimension: string };

export type TargetRecord = Scaled & {
  readonly arn: string;
  readonly min: number;
  readonly max: number;
  readonly suspended: JsonObject;
  /** Milliseconds, as all times here. */
  readonly createdAt: number;
};

export type PolicyRecord = Scaled & {
  readonly arn: string;
  readonly name: string;
  readonly type: "TargetTrackingScaling" | "StepScaling";
  /** The configuration as it was put, with AWS's defaults. */
  readonly configuration: JsonObject;
  readonly alarms: readonly { readonly AlarmName: string; readonly AlarmARN: string }[];
  readonly createdAt: number;
};

export type ScheduledActionRecord = Scaled & {
  readonly arn: string;
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly createdAt: number;
};

/** Something the autoscaler did, tried or decided against. */
export type ActivityRecord = Scaled & {
  readonly id: string;
  readonly at: number;
  readonly description: string;
  readonly cause: string;
  readonly status: "Successful" | "Failed" | "Unfulfilled";
  readonly message: string;
  /** Capacity before and after; equal where only limits changed. */
  readonly from: number;
  readonly to: number;
  /** The policy behind it; absent for a scheduled action. */
  readonly policy?: string;
  readonly notScaled?: JsonObject;
};

/** The moment up to which a region was evaluated. */
export type ScalingClock = { readonly evaluatedTo: number };
