import type { JsonObject } from "../json.ts";

/** An AI workload configuration as it was created; `createdAt` in milliseconds. */
export type WorkloadRecord = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly input: JsonObject;
};

type JobStatus = "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped";

/** An AI benchmark or recommendation job; times in milliseconds. */
export type JobRecord = WorkloadRecord & {
  readonly status: JobStatus;
  /** When what it needs has been prepared and the work begins. */
  readonly startsAt: number;
  readonly startedAt?: number;
  /** When a stop that was asked for comes into effect. */
  readonly stopsAt?: number;
  readonly endedAt?: number;
  readonly failureReason?: string;
  readonly recommendations?: readonly JsonObject[];
};

/** How a job ended: well, with what is kept of it, or with the reason why not. */
export type JobEnd =
  | { readonly ok: true; readonly recommendations?: JobRecord["recommendations"] }
  | { readonly ok: false; readonly reason: string };
