import { requireComponent } from "../control/components/find-component.ts";
import { findEndpoint } from "../control/find-endpoint.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";
import type { Operation } from "../services/json-rpc.ts";
import { createJob, deleteJob, describeJob, listJobs, stopJob } from "./job-rows.ts";
import {
  createAIWorkloadConfig,
  deleteAIWorkloadConfig,
  describeAIWorkloadConfig,
  listAIWorkloadConfigs,
  nameIn,
  notFound,
} from "./workloads.ts";

/** The operations of AI workloads, benchmark jobs and recommendation jobs. */
export const JOB_OPERATIONS: readonly (readonly [string, Operation])[] = [
  ["CreateAIWorkloadConfig", createAIWorkloadConfig],
  ["DescribeAIWorkloadConfig", describeAIWorkloadConfig],
  ["ListAIWorkloadConfigs", listAIWorkloadConfigs],
  ["DeleteAIWorkloadConfig", deleteAIWorkloadConfig],
  ["CreateAIBenchmarkJob", createAIBenchmarkJob],
  ["DescribeAIBenchmarkJob", (scope, input) => describeJob(scope, "aiBenchmarks", input).fields],
  ["ListAIBenchmarkJobs", (scope, input) => listJobs(scope, "aiBenchmarks", input)],
  ["StopAIBenchmarkJob", (scope, input) => stopJob(scope, "aiBenchmarks", input)],
  ["DeleteAIBenchmarkJob", (scope, input) => deleteJob(scope, "aiBenchmarks", input)],
  ["CreateAIRecommendationJob", (scope, input) => createJob(scope, "aiRecommendations", input)],
  ["DescribeAIRecommendationJob", describeAIRecommendationJob],
  ["ListAIRecommendationJobs", (scope, input) => listJobs(scope, "aiRecommendations", input)],
  ["StopAIRecommendationJob", (scope, input) => stopJob(scope, "aiRecommendations", input)],
  ["DeleteAIRecommendationJob", (scope, input) => deleteJob(scope, "aiRecommendations", input)],
];

/** The endpoint and the components that a benchmark asks, by their names. */
export function targetOf(input: JsonObject): { endpoint: string; components: string[] } {
  const target = isJsonObject(input.BenchmarkTarget) ? input.BenchmarkTarget.Endpoint : undefined;
  const endpoint = isJsonObject(target) ? target : {};
  return {
    endpoint: nameIn(stringAt(endpoint, "Identifier") ?? ""),
    components: objectsAt(endpoint, "InferenceComponents").map((one) =>
      nameIn(stringAt(one, "Identifier") ?? ""),
    ),
  };
}

function createAIBenchmarkJob(scope: Scope, input: JsonObject): JsonObject {
  const { endpoint, components } = targetOf(input);
  if (findEndpoint(scope, endpoint) === undefined) throw notFound(`Could not find endpoint "${endpoint}".`);
  for (const component of components) requireComponent(scope, component);
  return createJob(scope, "aiBenchmarks", input);
}

function describeAIRecommendationJob(scope: Scope, input: JsonObject): JsonObject {
  const { job, fields } = describeJob(scope, "aiRecommendations", input);
  const { OutputConfig: output } = job.input;
  return {
    ...fields,
    // The answer's members require a location that the call's do not.
    OutputConfig: { S3OutputLocation: "", ...(isJsonObject(output) ? output : {}) },
    ...(job.recommendations === undefined ? {} : { Recommendations: job.recommendations }),
  };
}
