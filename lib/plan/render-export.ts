import { renderBoto3, renderCli, renderSageMakerSdk } from "./render-programs.ts";
import { renderCloudFormation, renderTerraform } from "./render-templates.ts";
import type { Resources } from "./resources.ts";

/** Forms in which a whole plan is handed over, in the order they are offered. */
export const EXPORT_KINDS = [
  { kind: "boto3", label: "boto3", file: "deploy.py" },
  { kind: "sagemaker", label: "SageMaker Python SDK", file: "deploy_sdk.py" },
  { kind: "cli", label: "AWS CLI", file: "deploy.sh" },
  { kind: "cloudformation", label: "CloudFormation", file: "template.json" },
  { kind: "terraform", label: "Terraform", file: "main.tf" },
  { kind: "json", label: "JSON", file: "plan.json" },
] as const;

export type ExportKind = (typeof EXPORT_KINDS)[number]["kind"];

/** A program or document that creates exactly these resources. It holds no credential. */
export function renderExport(kind: ExportKind, resources: Resources): string {
  switch (kind) {
    case "boto3":
      return renderBoto3(resources);
    case "sagemaker":
      return renderSageMakerSdk(resources);
    case "cli":
      return renderCli(resources);
    case "cloudformation":
      return renderCloudFormation(resources);
    case "terraform":
      return renderTerraform(resources);
    case "json":
      return `${JSON.stringify(listCalls(resources), null, 2)}\n`;
  }
}

/** The calls of SageMaker's API in their order, as JSON says them. */
function listCalls({ region, archive, model, endpointConfig, endpoint, component }: Resources) {
  return {
    Region: region,
    ...(archive ? { PutObject: { Bucket: archive.bucket, Key: archive.key } } : {}),
    CreateModel: model,
    ...(endpointConfig ? { CreateEndpointConfig: endpointConfig } : {}),
    ...(endpoint ? { CreateEndpoint: endpoint } : {}),
    ...(component ? { CreateInferenceComponent: component } : {}),
  };
}
