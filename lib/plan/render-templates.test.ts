import { parse } from "@cdktn/hcl2json";
import { describe, expect, it } from "vitest";
import { GUIDED_EXAMPLE } from "./guided-example.ts";
import type { Plan } from "./plan.ts";
import { renderExport } from "./render-export.ts";
import { digestPlan, type Resources, resourcesOf } from "./resources.ts";

/** What Terraform would read as a template, an escape or an end. */
const WILD = ['a "quoted" \\ $', "{value} %{if} it's\nnew"].join("");
const MODEL_NAME = ["$", "{aws_sagemaker_model.model.name}"].join("");

const ARCHIVE: Plan = {
  ...GUIDED_EXAMPLE,
  bucket: "bucket",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  tags: [{ key: "team", value: WILD }],
  environment: { NOTE: WILD },
};
const PLANS: [string, Plan][] = [
  ["an archive", ARCHIVE],
  ["variables", { ...ARCHIVE, carrier: "environment" }],
  [
    "a component",
    {
      ...ARCHIVE,
      target: {
        kind: "component",
        componentName: "part",
        variantName: "AllTraffic",
        copies: 2,
        accelerators: 4,
        memoryMb: 1_024,
      },
    },
  ],
];

async function made(plan: Plan): Promise<Resources> {
  const found = resourcesOf(plan, { digests: await digestPlan(plan), tags: [] });
  return found.ok ? found.value : expect.fail(found.failure.message);
}

/** Terraform's own reading of a string's escapes is in its parser; a template that stays is given back as written. */
function plain(value: string): string {
  return value.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

function mapOf(entries: readonly (readonly [string, string])[]) {
  return Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]));
}

describe.each(PLANS)("the templates of a plan with %s", (_name, plan) => {
  it("say in Terraform what the wizard makes, by HashiCorp's own parser", async () => {
    const { model, endpointConfig, endpoint, component, archive, region } = await made(plan);
    const read = await parse("main.tf", renderExport("terraform", await made(plan)));
    const { Image, Environment, ModelDataUrl } = model.PrimaryContainer;
    const tags = mapOf(model.Tags.map(({ Key, Value }) => [Key, Value]));
    expect(read.provider.aws).toEqual([{ region }]);
    expect(read.resource.aws_sagemaker_model.model).toMatchObject([
      {
        name: model.ModelName,
        execution_role_arn: model.ExecutionRoleArn,
        tags,
        primary_container: [
          {
            image: Image,
            ...(Environment ? { environment: mapOf(Object.entries(Environment)) } : {}),
            ...(ModelDataUrl ? { model_data_url: ModelDataUrl } : {}),
          },
        ],
      },
    ]);
    const variant = endpointConfig?.ProductionVariants[0];
    expect(read.resource.aws_sagemaker_endpoint_configuration?.config).toEqual(
      variant && [
        {
          name: endpointConfig.EndpointConfigName,
          tags,
          production_variants: [
            {
              variant_name: variant.VariantName,
              model_name: MODEL_NAME,
              instance_type: variant.InstanceType,
              initial_instance_count: variant.InitialInstanceCount,
              initial_variant_weight: variant.InitialVariantWeight,
              container_startup_health_check_timeout_in_seconds:
                variant.ContainerStartupHealthCheckTimeoutInSeconds,
              model_data_download_timeout_in_seconds: variant.ModelDataDownloadTimeoutInSeconds,
            },
          ],
        },
      ],
    );
    expect(read.resource.aws_sagemaker_endpoint?.endpoint?.[0]?.name).toBe(endpoint?.EndpointName);
    expect(read.resource.aws_s3_object?.archive?.[0]?.key).toBe(archive?.key);
    expect(read.resource.awscc_sagemaker_inference_component?.component?.[0]).toEqual(
      component
        ? expect.objectContaining({
            inference_component_name: component.InferenceComponentName,
            endpoint_name: component.EndpointName,
            runtime_config: { copy_count: component.RuntimeConfig.CopyCount },
          })
        : undefined,
    );
  });

  it("say in CloudFormation what the wizard makes, each part named by the one before", async () => {
    const { model, endpointConfig, endpoint, component } = await made(plan);
    const { Resources: read } = JSON.parse(renderExport("cloudformation", await made(plan)));
    expect(read.Model).toEqual({ Type: "AWS::SageMaker::Model", Properties: model });
    const modelName = { "Fn::GetAtt": ["Model", "ModelName"] };
    expect(read.EndpointConfig?.Properties).toEqual(
      endpointConfig
        ? {
            ...endpointConfig,
            ProductionVariants: endpointConfig.ProductionVariants.map((variant) => ({
              ...variant,
              ModelName: modelName,
            })),
          }
        : undefined,
    );
    expect(read.Endpoint?.Properties.EndpointName).toBe(endpoint?.EndpointName);
    expect(read.Component?.Properties).toEqual(
      component
        ? { ...component, Specification: { ...component.Specification, ModelName: modelName } }
        : undefined,
    );
  });
});
