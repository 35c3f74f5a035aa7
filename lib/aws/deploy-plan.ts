import "server-only";
import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { digestPlan, type Resources, resourcesOf } from "#lib/plan/resources.ts";
import { createResources, type ResourcesToCreate } from "./create-resources.ts";
import { ownershipTags } from "./ownership-tags.ts";
import { type Patience, REAL_PATIENCE } from "./retry-until-visible.ts";

/** `expiresAt`: ISO 8601, null to keep it. */
export type Deploy = { plan: Plan; expiresAt: string | null; resumes: boolean };

/**
 * Makes what a plan creates, with the promises of `createResources`: model, configuration and endpoint, or model
 * and component. The archive must be in S3 already. The name that answers prompts is the value.
 */
export async function deployPlan(
  { plan, expiresAt, resumes }: Deploy,
  patience: Patience = REAL_PATIENCE,
): Promise<Result<{ name: string }>> {
  const owner = plan.target.kind === "component" ? plan.target.componentName : plan.endpointName;
  const tags = ownershipTags(owner, [], expiresAt ?? undefined).map(({ Key = "", Value = "" }) => ({
    Key,
    Value,
  }));
  const resources = resourcesOf(plan, { digests: await digestPlan(plan), tags });
  if (!resources.ok) return resources;
  const wanted = toCreate(resources.value);
  return wanted.ok ? createResources(wanted.value, { patience, resumes }) : wanted;
}

/** The SDK's types know instance types by name: an unknown one is refused before anything is made. */
function toCreate({ model, endpointConfig, endpoint, component }: Resources): Result<ResourcesToCreate> {
  if (!endpointConfig) return succeed({ model, endpointConfig: null, endpoint, component });
  const variants = [];
  for (const variant of endpointConfig.ProductionVariants) {
    const type = Object.values(ProductionVariantInstanceType).find((known) => known === variant.InstanceType);
    if (!type) {
      return fail({
        code: "invalid",
        message: `SageMaker hosts no endpoints on "${variant.InstanceType}".`,
        hint: "Choose an instance type from the list, such as ml.g5.xlarge.",
        field: "instanceType",
      });
    }
    variants.push({ ...variant, InstanceType: type });
  }
  return succeed({
    model,
    endpointConfig: { ...endpointConfig, ProductionVariants: variants },
    endpoint,
    component,
  });
}
