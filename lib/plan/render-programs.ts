import { literal } from "#lib/code/python.ts";
import type { Resources } from "./resources.ts";

/** Python with boto3: uploads the archive byte for byte, creates, and waits until the endpoint answers. */
export function renderBoto3(resources: Resources): string {
  const { region, archive, model, endpointConfig, endpoint, component } = resources;
  const upload = archive
    ? `
# model.tar.gz, byte for byte: its key is the digest of these bytes.
boto3.client("s3", region_name=${literal(region)}).put_object(
    Bucket=${literal(archive.bucket)},
    Key=${literal(archive.key)},
    Body=base64.b64decode(${literal(base64(archive.bytes))}),
)
`
    : "";
  const name = component?.EndpointName ?? endpoint?.EndpointName ?? "";
  return `${archive ? "import base64\n\n" : ""}import boto3

sagemaker = boto3.client("sagemaker", region_name=${literal(region)})
${upload}
sagemaker.create_model(**${literal(model)})
${endpointConfig ? `sagemaker.create_endpoint_config(**${literal(endpointConfig)})\n` : ""}${endpoint ? `sagemaker.create_endpoint(**${literal(endpoint)})\n` : ""}${component ? `sagemaker.create_inference_component(**${literal(component)})\n` : ""}sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=${literal(name)})
print(${literal(name)}, "is in service")
`;
}

/** Python with the SageMaker SDK (version 2). Its own names for model and configuration are set to ours. */
export function renderSageMakerSdk(resources: Resources): string {
  const { region, archive, model, endpointConfig, endpoint, component } = resources;
  const { Image, Environment = {}, ModelDataUrl } = model.PrimaryContainer;
  const variant = endpointConfig?.ProductionVariants[0];
  if (component || !variant || !endpoint)
    return `# The SageMaker SDK creates components in ways of its own: these are the same calls through boto3.\n${renderBoto3(resources)}`;
  const upload = archive
    ? `session.boto_session.client("s3").put_object(
    Bucket=${literal(archive.bucket)},
    Key=${literal(archive.key)},
    Body=base64.b64decode(${literal(base64(archive.bytes))}),
)
`
    : "";
  return `${archive ? "import base64\n\n" : ""}import boto3
from sagemaker import Model, Session

session = Session(boto3.Session(region_name=${literal(region)}))
${upload}tags = ${literal(model.Tags)}
model = Model(
    image_uri=${literal(Image)},
    model_data=${literal(ModelDataUrl ?? null)},
    role=${literal(model.ExecutionRoleArn)},
    env=${literal(Environment, 1)},
    name=${literal(model.ModelName)},
    sagemaker_session=session,
)
model.deploy(
    initial_instance_count=${variant.InitialInstanceCount},
    instance_type=${literal(variant.InstanceType)},
    endpoint_name=${literal(endpoint.EndpointName)},
    container_startup_health_check_timeout=${variant.ContainerStartupHealthCheckTimeoutInSeconds},
    model_data_download_timeout=${variant.ModelDataDownloadTimeoutInSeconds},
    tags=tags,
)
`;
}

/** A shell script of AWS CLI calls, each with its input as JSON. */
export function renderCli({
  region,
  archive,
  model,
  endpointConfig,
  endpoint,
  component,
}: Resources): string {
  const call = (operation: string, input: object) =>
    `aws sagemaker ${operation} --region ${quote(region)} --cli-input-json ${quote(JSON.stringify(input, null, 2))}`;
  const name = component?.EndpointName ?? endpoint?.EndpointName ?? "";
  const lines = [
    "#!/bin/sh",
    "set -eu",
    ...(archive
      ? [
          `printf %s ${quote(base64(archive.bytes))} | base64 -d > model.tar.gz`,
          `aws s3api put-object --region ${quote(region)} --bucket ${quote(archive.bucket)} --key ${quote(archive.key)} --body model.tar.gz`,
        ]
      : []),
    call("create-model", model),
    ...(endpointConfig ? [call("create-endpoint-config", endpointConfig)] : []),
    ...(endpoint ? [call("create-endpoint", endpoint)] : []),
    ...(component ? [call("create-inference-component", component)] : []),
    `aws sagemaker wait endpoint-in-service --region ${quote(region)} --endpoint-name ${quote(name)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Base64 of an archive, which is some hundred bytes. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** A word that the shell takes as it stands. */
function quote(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
