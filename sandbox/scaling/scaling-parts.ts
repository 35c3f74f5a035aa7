import type { Scope } from "../control/scope.ts";
import type { Capacities } from "./capacities.ts";
import type { Metric } from "./metric.ts";

/** What the autoscaler sees and moves, handed in so that CloudWatch and SageMaker do not import it or each other. */
export type ScalingParts = {
  readonly capacities: Capacities;
  /** A metric's statistic over the minute that begins at a moment (milliseconds); undefined without data. */
  metricAt(scope: Scope, metric: Metric, minute: number): number | undefined;
  /**
   * How far the metric of an alarm that triggers a step policy lies from its threshold, signed; undefined where
   * no alarm with the policy among its actions is in ALARM at that moment.
   */
  breachAt(scope: Scope, policyArn: string, at: number): number | undefined;
};

export const MINUTE = 60_000;
