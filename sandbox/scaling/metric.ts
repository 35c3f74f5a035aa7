import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";
import { readResourceId } from "./dimensions.ts";
import type { Scaled } from "./records.ts";

/** A CloudWatch metric as a policy follows it. */
export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
};

type Predefined = { dimension: string; name: string; statistic: string };

const INSTANCES = "sagemaker:variant:DesiredInstanceCount";
const COPIES = "sagemaker:inference-component:DesiredCopyCount";
const PREDEFINED: Readonly<Record<string, Predefined>> = {
  SageMakerVariantInvocationsPerInstance: {
    dimension: INSTANCES,
    name: "InvocationsPerInstance",
    statistic: "Sum",
  },
  SageMakerVariantConcurrentRequestsPerModelHighResolution: {
    dimension: INSTANCES,
    name: "ConcurrentRequestsPerModel",
    statistic: "Average",
  },
  SageMakerInferenceComponentInvocationsPerCopy: {
    dimension: COPIES,
    name: "InvocationsPerCopy",
    statistic: "Sum",
  },
  SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution: {
    dimension: COPIES,
    name: "ConcurrentRequestsPerCopy",
    statistic: "Average",
  },
  SageMakerVariantProvisionedConcurrencyUtilization: {
    dimension: "sagemaker:variant:DesiredProvisionedConcurrency",
    name: "ServerlessProvisionedConcurrencyUtilization",
    statistic: "Average",
  },
};

/** The metric of a target-tracking configuration; undefined where it names none, two, or one of another dimension. */
export function metricOf(configuration: JsonObject, scaled: Scaled): Metric | undefined {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } =
    configuration;
  if (isJsonObject(predefined) === isJsonObject(customized)) return undefined;
  return isJsonObject(predefined) ? predefinedMetric(predefined, scaled) : customizedMetric(customized);
}

function predefinedMetric(specification: JsonObject, scaled: Scaled): Metric | undefined {
  const known = PREDEFINED[stringAt(specification, "PredefinedMetricType") ?? ""];
  const scalable = readResourceId(scaled.resourceId);
  if (known?.dimension !== scaled.dimension || scalable === undefined) return undefined;
  const dimensions: Record<string, string> =
    scalable.kind === "variant"
      ? { EndpointName: scalable.endpoint, VariantName: scalable.variant }
      : { InferenceComponentName: scalable.component };
  return { namespace: "AWS/SageMaker", name: known.name, dimensions, statistic: known.statistic };
}

function customizedMetric(specification: JsonObject[string] | undefined): Metric | undefined {
  if (!isJsonObject(specification)) return undefined;
  const [namespace, name, statistic] = ["Namespace", "MetricName", "Statistic"].map((member) =>
    stringAt(specification, member),
  );
  if (namespace === undefined || name === undefined || statistic === undefined) return undefined;
  const dimensions = objectsAt(specification, "Dimensions").map((dimension) => [
    stringAt(dimension, "Name") ?? "",
    stringAt(dimension, "Value") ?? "",
  ]);
  return { namespace, name, statistic, dimensions: Object.fromEntries(dimensions) };
}
