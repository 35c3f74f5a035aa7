import { AwsError } from "../aws-error.ts";
import { partitionOf } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { appliedValue } from "./applied-value.ts";
import { QUOTAS, type Quota } from "./catalogue.ts";
import { quotaArn, requireQuota, requireService, SERVICE_CODE, SERVICE_NAME } from "./require-quota.ts";

/** The services that have quotas here. */
export function listServices(): JsonObject {
  return { Services: [{ ServiceCode: SERVICE_CODE, ServiceName: SERVICE_NAME }] };
}

/** A page of quotas with the values that apply now. */
export function listServiceQuotas(scope: Scope, input: JsonObject): JsonObject {
  requireService(input);
  const code = stringAt(input, "QuotaCode");
  const quotas = QUOTAS.filter((quota) => code === undefined || quota.code === code);
  // Every quota here is one of the account, none of a single resource.
  const found = stringAt(input, "QuotaAppliedAtLevel") === "RESOURCE" ? [] : quotas;
  return quotaPage(scope, input, found, `ListServiceQuotas/${code ?? ""}`, (quota) => ({
    ...describeQuota(scope, quota, appliedValue(scope, quota)),
    QuotaAppliedAtLevel: "ACCOUNT",
  }));
}

/** A page of quotas with the values an account starts with. */
export function listDefaultServiceQuotas(scope: Scope, input: JsonObject): JsonObject {
  requireService(input);
  return quotaPage(scope, input, QUOTAS, "ListAWSDefaultServiceQuotas", (quota) =>
    describeQuota(scope, quota, quota.value),
  );
}

/** One quota with the value that applies now. */
export function getServiceQuota(scope: Scope, input: JsonObject): JsonObject {
  const quota = requireQuota(input);
  const described = describeQuota(scope, quota, appliedValue(scope, quota));
  return { Quota: { ...described, QuotaAppliedAtLevel: "ACCOUNT" } };
}

/** One quota with the value an account starts with. */
export function getDefaultServiceQuota(scope: Scope, input: JsonObject): JsonObject {
  const quota = requireQuota(input);
  return { Quota: describeQuota(scope, quota, quota.value) };
}

/** The refusal of a page token that this service did not give. */
export function invalidToken(): AwsError {
  return new AwsError("InvalidPaginationTokenException", "Invalid pagination token was provided.");
}

function quotaPage(
  scope: Scope,
  input: JsonObject,
  quotas: readonly Quota[],
  list: string,
  describe: (quota: Quota) => JsonObject,
): JsonObject {
  const page = keyedPage(quotas, {
    keyOf: (quota) => quota.code,
    size: numberAt(input, "MaxResults") ?? 100,
    token: stringAt(input, "NextToken"),
    list: `${list}/${scope.region}`,
    secret: scope.store.secret(),
    invalid: invalidToken(),
  });
  return {
    Quotas: page.items.map(describe),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function describeQuota(scope: Scope, quota: Quota, value: number) {
  return {
    ServiceCode: SERVICE_CODE,
    ServiceName: SERVICE_NAME,
    QuotaArn: quotaArn(partitionOf(scope.region), scope.region, quota.code),
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: value,
    Unit: "None",
    Adjustable: true,
    GlobalQuota: false,
  };
}
