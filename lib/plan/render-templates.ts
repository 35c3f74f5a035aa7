import { base64 } from "./render-programs.ts";
import type { Resources } from "./resources.ts";

/** A CloudFormation template. It cannot upload: the archive has to be at its key before. */
export function renderCloudFormation({
  archive,
  model,
  endpointConfig,
  endpoint,
  component,
}: Resources): string {
  const modelName = { "Fn::GetAtt": ["Model", "ModelName"] };
  const resources = {
    Model: { Type: "AWS::SageMaker::Model", Properties: model },
    ...(endpointConfig
      ? {
          EndpointConfig: {
            Type: "AWS::SageMaker::EndpointConfig",
            Properties: {
              ...endpointConfig,
              ProductionVariants: endpointConfig.ProductionVariants.map((variant) => ({
                ...variant,
                ModelName: modelName,
              })),
            },
          },
        }
      : {}),
    ...(endpoint
      ? {
          Endpoint: {
            Type: "AWS::SageMaker::Endpoint",
            Properties: {
              ...endpoint,
              EndpointConfigName: { "Fn::GetAtt": ["EndpointConfig", "EndpointConfigName"] },
            },
          },
        }
      : {}),
    ...(component
      ? {
          Component: {
            Type: "AWS::SageMaker::InferenceComponent",
            Properties: {
              ...component,
              Specification: { ...component.Specification, ModelName: modelName },
            },
          },
        }
      : {}),
  };
  const where = archive ? ` Upload model.tar.gz to s3://${archive.bucket}/${archive.key} first.` : "";
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `${model.ModelName}, planned with Sagescope.${where}`,
    Resources: resources,
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** Terraform with the providers aws and, for a component, awscc. */
export function renderTerraform(resources: Resources): string {
  const { region, archive, model, endpointConfig, endpoint, component } = resources;
  const { Image, Environment, ModelDataUrl } = model.PrimaryContainer;
  const variant = endpointConfig?.ProductionVariants[0];
  const blocks = [
    `provider "aws" {\n  region = ${text(region)}\n}`,
    ...(archive
      ? [
          `resource "aws_s3_object" "archive" {\n  bucket         = ${text(archive.bucket)}\n  key            = ${text(archive.key)}\n  content_base64 = ${text(base64(archive.bytes))}\n}`,
        ]
      : []),
    `resource "aws_sagemaker_model" "model" {
  name               = ${text(model.ModelName)}
  execution_role_arn = ${text(model.ExecutionRoleArn)}
  tags               = ${tagMap(model.Tags)}
${archive ? "  depends_on         = [aws_s3_object.archive]\n" : ""}
  primary_container {
    image          = ${text(Image)}${ModelDataUrl ? `\n    model_data_url = ${text(ModelDataUrl)}` : ""}${Environment ? `\n    environment    = ${map(Object.entries(Environment), "    ")}` : ""}
  }
}`,
    ...(endpointConfig && variant
      ? [
          `resource "aws_sagemaker_endpoint_configuration" "config" {
  name = ${text(endpointConfig.EndpointConfigName)}
  tags = ${tagMap(endpointConfig.Tags)}

  production_variants {
    variant_name                                      = ${text(variant.VariantName)}
    model_name                                        = aws_sagemaker_model.model.name
    instance_type                                     = ${text(variant.InstanceType)}
    initial_instance_count                            = ${variant.InitialInstanceCount}
    initial_variant_weight                            = ${variant.InitialVariantWeight}
    container_startup_health_check_timeout_in_seconds = ${variant.ContainerStartupHealthCheckTimeoutInSeconds}
    model_data_download_timeout_in_seconds            = ${variant.ModelDataDownloadTimeoutInSeconds}
  }
}`,
        ]
      : []),
    ...(endpoint
      ? [
          `resource "aws_sagemaker_endpoint" "endpoint" {\n  name                 = ${text(endpoint.EndpointName)}\n  endpoint_config_name = aws_sagemaker_endpoint_configuration.config.name\n  tags                 = ${tagMap(endpoint.Tags)}\n}`,
        ]
      : []),
    ...(component ? [componentBlock(component)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function componentBlock(component: NonNullable<Resources["component"]>): string {
  const { StartupParameters, ComputeResourceRequirements } = component.Specification;
  return `resource "awscc_sagemaker_inference_component" "component" {
  inference_component_name = ${text(component.InferenceComponentName)}
  endpoint_name            = ${text(component.EndpointName)}
  variant_name             = ${text(component.VariantName)}
  runtime_config           = { copy_count = ${component.RuntimeConfig.CopyCount} }
  specification = {
    model_name = aws_sagemaker_model.model.name
    startup_parameters = {
      model_data_download_timeout_in_seconds            = ${StartupParameters.ModelDataDownloadTimeoutInSeconds}
      container_startup_health_check_timeout_in_seconds = ${StartupParameters.ContainerStartupHealthCheckTimeoutInSeconds}
    }
    compute_resource_requirements = {
      number_of_accelerator_devices_required = ${ComputeResourceRequirements.NumberOfAcceleratorDevicesRequired}
      min_memory_required_in_mb              = ${ComputeResourceRequirements.MinMemoryRequiredInMb}
    }
  }
}`;
}

function tagMap(tags: readonly { Key: string; Value: string }[]): string {
  return map(
    tags.map(({ Key, Value }) => [Key, Value]),
    "  ",
  );
}

function map(entries: readonly [string, string][], indent: string): string {
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value]) => `${indent}  ${text(key)} = ${text(value)}`);
  return `{\n${lines.join("\n")}\n${indent}}`;
}

/** A string of HCL: JSON's, with the two marks that begin a template doubled. */
function text(value: string): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, (mark) => mark + mark);
}
