import type { JsonObject } from "../json.ts";
import { createEndpointConfig } from "./endpoint-configs.ts";
import { createEndpoint } from "./endpoints.ts";
import { createModel } from "./models.ts";
import type { Scope } from "./scope.ts";

export const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";

/** A model for a test. */
export function makeModel(scope: Scope, name: string, environment: Record<string, string> = {}): void {
  createModel(scope, {
    ModelName: name,
    ExecutionRoleArn: ROLE,
    PrimaryContainer: { Image: IMAGE, Environment: environment },
  });
}

/** A model with a configuration of the same name: one variant `v1` with two instances unless changed. */
export function makeConfig(
  scope: Scope,
  name: string,
  variant: JsonObject = {},
  environment: Record<string, string> = {},
): void {
  makeModel(scope, name, environment);
  createEndpointConfig(scope, {
    EndpointConfigName: name,
    ProductionVariants: [
      {
        VariantName: "v1",
        ModelName: name,
        InstanceType: "ml.g5.xlarge",
        InitialInstanceCount: 2,
        ...variant,
      },
    ],
  });
}

/** A configuration for inference components: one variant `v1` of one instance unless changed. */
export function makeComponentConfig(scope: Scope, name: string, variant: JsonObject = {}): void {
  createEndpointConfig(scope, {
    EndpointConfigName: name,
    ExecutionRoleArn: ROLE,
    ProductionVariants: [
      { VariantName: "v1", InstanceType: "ml.g5.12xlarge", InitialInstanceCount: 1, ...variant },
    ],
  });
}

/** An endpoint of an existing configuration, in service after `wait`. */
export function makeEndpoint(scope: Scope, name: string, config: string, wait: (ms: number) => void): void {
  createEndpoint(scope, { EndpointName: name, EndpointConfigName: config });
  wait(1_000_000);
}
