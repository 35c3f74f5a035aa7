import { validationException } from "../aws-error.ts";
import { arnOf } from "../control/arns.ts";
import { listPage, shortList } from "../control/list-page.ts";
import { epochSeconds, keyOf, type Scope } from "../control/scope.ts";
import { initialTags, tagsOf, tagWrite } from "../control/tags.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { JobRecord } from "../state/job-records.ts";
import type { Write } from "../state/store.ts";
import { inUse, nameIn, notFound, requireWorkload } from "./workloads.ts";

export type JobTable = "aiBenchmarks" | "aiRecommendations";

const KINDS = { aiBenchmarks: "ai-benchmark-job", aiRecommendations: "ai-recommendation-job" } as const;
const WORDS = { aiBenchmarks: "AI benchmark job", aiRecommendations: "AI recommendation job" } as const;
const NAMES = { aiBenchmarks: "AIBenchmarkJob", aiRecommendations: "AIRecommendationJob" } as const;

/** What a real account takes before such a job begins: machines and a container of its own. */
const PREPARATION_SECONDS = 180;
const STOP_SECONDS = 30;

/** The write that keeps a job as it is now. */
export function jobWrite(table: JobTable, region: string, job: JobRecord): Write {
  return { table, region, key: keyOf(job.name), value: job };
}

/** Keeps a new job, which begins when its machines are there; answers its ARN. */
export function createJob(scope: Scope, table: JobTable, input: JsonObject): JsonObject {
  const name = stringAt(input, `${NAMES[table]}Name`) ?? "";
  const arn = arnOf(KINDS[table], scope.region, name);
  if (findJob(scope, table, name) !== undefined) throw inUse(`${WORDS[table]} "${arn}" already exists.`);
  requireWorkload(scope, stringAt(input, "AIWorkloadConfigIdentifier") ?? "");
  const { Tags: _tags, ...rest } = input;
  const now = scope.clock.now();
  const startsAt = now + scope.clock.shorten(PREPARATION_SECONDS);
  const job: JobRecord = { name, arn, createdAt: now, input: rest, status: "InProgress", startsAt };
  scope.store.commit([jobWrite(table, scope.region, job), tagWrite(scope, arn, initialTags(input))]);
  return { [`${NAMES[table]}Arn`]: arn };
}

/** What both descriptions of a job have. */
export function describeJob(
  scope: Scope,
  table: JobTable,
  input: JsonObject,
): { job: JobRecord; fields: JsonObject } {
  const job = requireJob(scope, table, input);
  const { startedAt, endedAt, failureReason } = job;
  return {
    job,
    fields: {
      ...job.input,
      [`${NAMES[table]}Arn`]: job.arn,
      [`${NAMES[table]}Status`]: job.status,
      CreationTime: epochSeconds(job.createdAt),
      ...(startedAt === undefined ? {} : { StartTime: epochSeconds(startedAt) }),
      ...(endedAt === undefined ? {} : { EndTime: epochSeconds(endedAt) }),
      // FailureReason is at most 1,024 characters.
      ...(failureReason === undefined ? {} : { FailureReason: failureReason.slice(0, 1024) }),
      Tags: [...tagsOf(scope, job.arn)],
    },
  };
}

/** A page of jobs, newest first unless asked otherwise. */
export function listJobs(scope: Scope, table: JobTable, input: JsonObject): JsonObject {
  const rows = scope.store
    .all(table, scope.region)
    .map((row) => ({ ...row, modifiedAt: row.endedAt ?? row.createdAt }));
  const name = `List${NAMES[table]}s/${scope.region}`;
  const page = listPage({ name, inOrder: shortList(rows), secret: scope.store.secret() }, input);
  return {
    [`${NAMES[table]}s`]: page.items.map((job) => ({
      [`${NAMES[table]}Name`]: job.name,
      [`${NAMES[table]}Arn`]: job.arn,
      [`${NAMES[table]}Status`]: job.status,
      CreationTime: epochSeconds(job.createdAt),
      ...(job.endedAt === undefined ? {} : { EndTime: epochSeconds(job.endedAt) }),
      ...(table === "aiBenchmarks"
        ? { AIWorkloadConfigName: nameIn(stringAt(job.input, "AIWorkloadConfigIdentifier") ?? "") }
        : {}),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Asks a job to stop; one that has ended stays as it ended. */
export function stopJob(scope: Scope, table: JobTable, input: JsonObject): JsonObject {
  const job = requireJob(scope, table, input);
  if (job.status === "InProgress") {
    const stopsAt = scope.clock.now() + scope.clock.shorten(STOP_SECONDS);
    scope.store.commit([jobWrite(table, scope.region, { ...job, status: "Stopping", stopsAt })]);
  }
  return { [`${NAMES[table]}Arn`]: job.arn };
}

/** Deletes a job that has ended. Throws `ValidationException` for one that has not. */
export function deleteJob(scope: Scope, table: JobTable, input: JsonObject): JsonObject {
  const job = requireJob(scope, table, input);
  if (job.status === "InProgress" || job.status === "Stopping") {
    throw validationException(
      `Cannot delete ${WORDS[table]} "${job.arn}" in status ${job.status}: stop it first.`,
    );
  }
  scope.store.commit([
    { table, region: scope.region, key: keyOf(job.name), value: null },
    tagWrite(scope, job.arn, null),
  ]);
  return { [`${NAMES[table]}Arn`]: job.arn };
}

/** The job under a name, or undefined. */
export function findJob(scope: Scope, table: JobTable, name: string): JobRecord | undefined {
  return scope.store.get(table, scope.region, keyOf(name));
}

function requireJob(scope: Scope, table: JobTable, input: JsonObject): JobRecord {
  const name = stringAt(input, `${NAMES[table]}Name`) ?? "";
  const job = findJob(scope, table, name);
  if (job === undefined)
    throw notFound(`Could not find ${WORDS[table]} "${arnOf(KINDS[table], scope.region, name)}".`);
  return job;
}
