import type { JsonService, Operation } from "../services/json-rpc.ts";
import document from "../shapes/application-autoscaling.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { describeScalingActivities } from "./activities.ts";
import { SAGEMAKER_CAPACITIES } from "./capacities.ts";
import { deleteScalingPolicy, describeScalingPolicies, putScalingPolicy } from "./policies.ts";
import { deleteScheduledAction, describeScheduledActions, putScheduledAction } from "./scheduled-actions.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { deregisterScalableTarget, describeScalableTargets, registerScalableTarget } from "./targets.ts";

/** Application Auto Scaling, for SageMaker's resources. */
export const AUTOSCALING: JsonService = {
  prefix: "AnyScaleFrontendService",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document),
  operations: new Map<string, Operation>([
    ["RegisterScalableTarget", registerScalableTarget(SAGEMAKER_CAPACITIES)],
    ["DescribeScalableTargets", describeScalableTargets],
    ["DeregisterScalableTarget", deregisterScalableTarget],
    ["PutScalingPolicy", putScalingPolicy],
    ["DescribeScalingPolicies", describeScalingPolicies],
    ["DeleteScalingPolicy", deleteScalingPolicy],
    ["PutScheduledAction", putScheduledAction],
    ["DescribeScheduledActions", describeScheduledActions],
    ["DeleteScheduledAction", deleteScheduledAction],
    ["DescribeScalingActivities", describeScalingActivities],
    ["TagResource", tagResource],
    ["UntagResource", untagResource],
    ["ListTagsForResource", listTagsForResource],
  ]),
};
