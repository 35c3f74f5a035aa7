import { createHash } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import { partitionOf } from "../control/arns.ts";
import { callerIdentity } from "../control/caller-identity.ts";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { appliedValue, quotaWrite } from "./applied-value.ts";
import { QUOTAS } from "./catalogue.ts";
import { invalidToken } from "./list-quotas.ts";
import type { QuotaRequestRecord } from "./quota-records.ts";
import {
  noSuchResource,
  quotaArn,
  requireQuota,
  requireService,
  SERVICE_CODE,
  SERVICE_NAME,
} from "./require-quota.ts";

// A small wish is granted by a program within minutes, a large one by a person within hours.
const GRANTED_BY_PROGRAM = { atMost: 8, afterSeconds: 600 };
const GRANTED_BY_PERSON = { caseAfterSeconds: 300, afterSeconds: 7200 };

/** Asks for a higher quota: the request's course is decided now and read against the clock. */
export function requestIncrease(scope: Scope, input: JsonObject): JsonObject {
  const quota = requireQuota(input);
  const desired = numberAt(input, "DesiredValue") ?? 0;
  const current = appliedValue(scope, quota);
  if (desired <= current) {
    throw new AwsError(
      "IllegalArgumentException",
      `You must provide a quota value greater than the current quota value: ${current}.`,
    );
  }
  const now = scope.clock.now();
  if (requestsOf(scope).some((request) => request.code === quota.code && request.approvedAt > now)) {
    throw new AwsError(
      "ResourceAlreadyExistsException",
      "Only one open service quota increase request is allowed per quota.",
    );
  }
  const byPerson = desired > GRANTED_BY_PROGRAM.atMost;
  const seconds = byPerson ? GRANTED_BY_PERSON.afterSeconds : GRANTED_BY_PROGRAM.afterSeconds;
  const request: QuotaRequestRecord = {
    id: newId(`${scope.region}/${quota.code}/${now}/${requestsOf(scope).length}`),
    code: quota.code,
    desired,
    createdAt: now,
    caseOpenedAt: byPerson ? now + scope.clock.shorten(GRANTED_BY_PERSON.caseAfterSeconds) : null,
    approvedAt: now + scope.clock.shorten(seconds),
  };
  scope.store.commit([
    { table: "quotaRequests", region: scope.region, key: request.id, value: request },
    quotaWrite(scope, quota, { at: request.approvedAt, value: desired }),
  ]);
  // As AWS does, the answer to the request itself knows nothing of what comes after.
  return { RequestedQuota: describeRequest(scope, request, "PENDING") };
}

/** One request as it stands now. */
export function getRequest(scope: Scope, input: JsonObject): JsonObject {
  const request = scope.store.get("quotaRequests", scope.region, stringAt(input, "RequestId") ?? "");
  if (request === undefined) {
    throw noSuchResource("The request failed because the specified quota change request does not exist.");
  }
  return { RequestedQuota: describeRequest(scope, request, statusOf(scope, request)) };
}

/** A page of requests, newest first. */
export function listRequests(scope: Scope, input: JsonObject): JsonObject {
  if (input.ServiceCode !== undefined) requireService(input);
  return requestPage(scope, input, requestsOf(scope));
}

/** A page of the requests for one quota, newest first. */
export function listRequestsByQuota(scope: Scope, input: JsonObject): JsonObject {
  const { code } = requireQuota(input);
  return requestPage(
    scope,
    input,
    requestsOf(scope).filter((request) => request.code === code),
  );
}

function requestPage(scope: Scope, input: JsonObject, requests: readonly QuotaRequestRecord[]): JsonObject {
  const status = stringAt(input, "Status");
  const found = requests.filter((request) => status === undefined || statusOf(scope, request) === status);
  const page = keyedPage(stringAt(input, "QuotaRequestedAtLevel") === "RESOURCE" ? [] : found, {
    // Descending time as ascending text.
    keyOf: (request) => `${String(1e15 - Math.round(request.createdAt)).padStart(16, "0")}/${request.id}`,
    size: numberAt(input, "MaxResults") ?? 100,
    token: stringAt(input, "NextToken"),
    list: `requests/${scope.region}/${status ?? ""}/${stringAt(input, "QuotaCode") ?? ""}`,
    secret: scope.store.secret(),
    invalid: invalidToken(),
  });
  return {
    RequestedQuotas: page.items.map((request) => describeRequest(scope, request, statusOf(scope, request))),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function requestsOf(scope: Scope): QuotaRequestRecord[] {
  return scope.store.all("quotaRequests", scope.region);
}

function statusOf(scope: Scope, request: QuotaRequestRecord): "PENDING" | "CASE_OPENED" | "APPROVED" {
  const now = scope.clock.now();
  if (now >= request.approvedAt) return "APPROVED";
  return request.caseOpenedAt !== null && now >= request.caseOpenedAt ? "CASE_OPENED" : "PENDING";
}

function describeRequest(scope: Scope, request: QuotaRequestRecord, status: string): JsonObject {
  const changedAt =
    status === "APPROVED"
      ? request.approvedAt
      : status === "CASE_OPENED"
        ? (request.caseOpenedAt ?? request.createdAt)
        : request.createdAt;
  return {
    Id: request.id,
    RequestType: "AutomaticManagement",
    // The number of the case, once somebody opened one.
    ...(request.caseOpenedAt === null || status === "PENDING" ? {} : { CaseId: caseNumber(request.id) }),
    ServiceCode: SERVICE_CODE,
    ServiceName: SERVICE_NAME,
    QuotaCode: request.code,
    QuotaName: QUOTAS.find((quota) => quota.code === request.code)?.name ?? "",
    DesiredValue: request.desired,
    Status: status,
    Created: epochSeconds(request.createdAt),
    LastUpdated: epochSeconds(changedAt),
    Requester: JSON.stringify({
      accountId: "000000000000",
      callerArn: callerIdentity(scope.region).Arn ?? "",
    }),
    QuotaArn: quotaArn(partitionOf(scope.region), scope.region, request.code),
    GlobalQuota: false,
    Unit: "None",
    QuotaRequestedAtLevel: "ACCOUNT",
  };
}

function newId(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}

function caseNumber(id: string): string {
  return String(Number.parseInt(id.slice(0, 8), 16)).padStart(10, "1");
}
