import { ACCOUNT, partitionOf } from "../control/arns.ts";
import type { JsonObject } from "../json.ts";

/** A role of the sandbox's account; `policies` are inline and by their names. */
export type Role = {
  readonly name: string;
  readonly id: string;
  readonly description: string;
  readonly trusts: string;
  readonly policies: ReadonlyMap<string, JsonObject>;
};

const EXECUTION_POLICY: JsonObject = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:ListBucket",
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "cloudwatch:PutMetricData",
      ],
      Resource: "*",
    },
  ],
};

/**
 * The roles every account has here: one that endpoints run under, and one that everything but its trust policy
 * recommends, so that SageMaker refuses it.
 */
export const ROLES: readonly Role[] = [
  {
    name: "sandbox-execution-role",
    id: "AROASANDBOXEXECUTION",
    description: "Endpoints run under this role",
    trusts: "sagemaker.amazonaws.com",
    policies: new Map([["sandbox-endpoint-access", EXECUTION_POLICY]]),
  },
  {
    name: "sandbox-role-of-ec2",
    id: "AROASANDBOXROLEOFEC2",
    description: "SageMaker may not assume this role: it trusts EC2 alone",
    trusts: "ec2.amazonaws.com",
    policies: new Map([["sandbox-endpoint-access", EXECUTION_POLICY]]),
  },
];

/** The ARN of a role in the partition of a region. */
export function roleArn(region: string, name: string): string {
  return `arn:${partitionOf(region)}:iam::${ACCOUNT}:role/${name}`;
}

/** Who may assume a role, as its trust policy says. */
export function trustPolicy({ trusts }: Role): JsonObject {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: trusts }, Action: "sts:AssumeRole" }],
  };
}

/** Whether SageMaker may assume the role with this ARN. Roles the sandbox does not have are taken to be good ones. */
export function trustsSageMaker(region: string, arn: string): boolean {
  const role = ROLES.find(({ name }) => roleArn(region, name) === arn);
  return role === undefined || role.trusts === "sagemaker.amazonaws.com";
}
