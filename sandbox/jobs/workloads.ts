import { AwsError } from "../aws-error.ts";
import { arnOf } from "../control/arns.ts";
import { listPage, shortList } from "../control/list-page.ts";
import { epochSeconds, keyOf, type Scope } from "../control/scope.ts";
import { initialTags, tagsOf, tagWrite } from "../control/tags.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { WorkloadRecord } from "../state/job-records.ts";
import { readPlan } from "./benchmark-plan.ts";

/** Keeps a workload; answers its ARN. Refuses a name that exists and a specification it cannot read. */
export function createAIWorkloadConfig(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "AIWorkloadConfigName") ?? "";
  const arn = arnOf("ai-workload-config", scope.region, name);
  if (findWorkload(scope, name) !== undefined) throw inUse(`AI workload config "${arn}" already exists.`);
  readPlan(input);
  const { Tags: _tags, ...rest } = input;
  const record: WorkloadRecord = { name, arn, createdAt: scope.clock.now(), input: rest };
  scope.store.commit([
    { table: "aiWorkloads", region: scope.region, key: keyOf(name), value: record },
    tagWrite(scope, arn, initialTags(input)),
  ]);
  return { AIWorkloadConfigArn: arn };
}

/** A workload as it was created. */
export function describeAIWorkloadConfig(scope: Scope, input: JsonObject): JsonObject {
  const {
    arn,
    createdAt,
    input: kept,
  } = requireWorkload(scope, stringAt(input, "AIWorkloadConfigName") ?? "");
  return {
    ...kept,
    AIWorkloadConfigArn: arn,
    CreationTime: epochSeconds(createdAt),
    Tags: [...tagsOf(scope, arn)],
  };
}

/** A page of workloads, newest first unless asked otherwise. */
export function listAIWorkloadConfigs(scope: Scope, input: JsonObject): JsonObject {
  const rows = scope.store
    .all("aiWorkloads", scope.region)
    .map((row) => ({ ...row, modifiedAt: row.createdAt, status: "" }));
  const name = `ListAIWorkloadConfigs/${scope.region}`;
  const page = listPage({ name, inOrder: shortList(rows), secret: scope.store.secret() }, input);
  return {
    AIWorkloadConfigs: page.items.map(({ name, arn, createdAt }) => ({
      AIWorkloadConfigName: name,
      AIWorkloadConfigArn: arn,
      CreationTime: epochSeconds(createdAt),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Deletes a workload that no job works with. */
export function deleteAIWorkloadConfig(scope: Scope, input: JsonObject): JsonObject {
  const { store, region } = scope;
  const { name, arn } = requireWorkload(scope, stringAt(input, "AIWorkloadConfigName") ?? "");
  const jobs = [...store.all("aiBenchmarks", region), ...store.all("aiRecommendations", region)];
  const busy = jobs.find(
    (job) =>
      (job.status === "InProgress" || job.status === "Stopping") &&
      keyOf(nameIn(stringAt(job.input, "AIWorkloadConfigIdentifier") ?? "")) === keyOf(name),
  );
  if (busy !== undefined) throw inUse(`AI workload config "${arn}" is in use by "${busy.arn}".`);
  store.commit([{ table: "aiWorkloads", region, key: keyOf(name), value: null }, tagWrite(scope, arn, null)]);
  return { AIWorkloadConfigArn: arn };
}

/** The workload that a name or an ARN means; throws `ResourceNotFound`. */
export function requireWorkload(scope: Scope, identifier: string): WorkloadRecord {
  const workload = findWorkload(scope, identifier);
  if (workload === undefined) {
    throw notFound(
      `Could not find AI workload config "${arnOf("ai-workload-config", scope.region, nameIn(identifier))}".`,
    );
  }
  return workload;
}

function findWorkload(scope: Scope, identifier: string): WorkloadRecord | undefined {
  return scope.store.get("aiWorkloads", scope.region, keyOf(nameIn(identifier)));
}

/** The name in an identifier, which may be the whole ARN. */
export function nameIn(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}

/** The refusal for a name that is taken, or a resource that something works with. */
export function inUse(message: string): AwsError {
  return new AwsError("ResourceInUse", message);
}

/** The refusal for what is not there. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFound", message);
}
