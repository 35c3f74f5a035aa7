import {
  GetAWSDefaultServiceQuotaCommand,
  GetRequestedServiceQuotaChangeCommand,
  GetServiceQuotaCommand,
  ListRequestedServiceQuotaChangeHistoryByQuotaCommand,
  ListServicesCommand,
  paginateListAWSDefaultServiceQuotas,
  paginateListRequestedServiceQuotaChangeHistory,
  paginateListServiceQuotas,
  RequestServiceQuotaIncreaseCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { openTestScope } from "../control/open-test-scope.ts";
import instanceTypes from "../shapes/instance-types.json" with { type: "json" };
import { startTestSandbox } from "../start-test-sandbox.ts";
import { appliedValue, quotaWrite } from "./applied-value.ts";
import { quotaNamed } from "./catalogue.ts";
import { endpointUsageQuota } from "./endpoint-usage.ts";

const USAGE = /^(ml\.[\w.-]+) for endpoint usage$/;

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: ServiceQuotasClient;

beforeEach(async () => {
  sandbox = await startTestSandbox();
  client = new ServiceQuotasClient({
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
});
afterEach(() => sandbox.close());

async function listAll(pageSize: number): Promise<ServiceQuota[]> {
  const quotas: ServiceQuota[] = [];
  const input = { ServiceCode: "sagemaker", MaxResults: pageSize };
  for await (const page of paginateListServiceQuotas({ client }, input)) quotas.push(...(page.Quotas ?? []));
  return quotas;
}

async function quotaOf(type: string): Promise<ServiceQuota> {
  const found = (await listAll(100)).find((quota) => quota.QuotaName === `${type} for endpoint usage`);
  if (found === undefined) throw new Error(`no quota for ${type}`);
  return found;
}

async function currentValue(quota: ServiceQuota): Promise<number | undefined> {
  const input = { ServiceCode: "sagemaker", QuotaCode: quota.QuotaCode };
  return (await client.send(new GetServiceQuotaCommand(input))).Quota?.Value;
}

async function ask(quota: ServiceQuota, value: number) {
  const input = { ServiceCode: "sagemaker", QuotaCode: quota.QuotaCode, DesiredValue: value };
  return (await client.send(new RequestServiceQuotaIncreaseCommand(input))).RequestedQuota;
}

async function statusOf(id: string | undefined) {
  const found = await client.send(new GetRequestedServiceQuotaChangeCommand({ RequestId: id }));
  return found.RequestedQuota?.Status;
}

test("lists one quota for every instance type, whole and once, whatever the page size", async () => {
  const quotas = await listAll(7);
  const types = quotas.flatMap((quota) => USAGE.exec(quota.QuotaName ?? "")?.[1] ?? []);
  expect(types.toSorted()).toEqual(instanceTypes.toSorted());
  expect(new Set(quotas.map((quota) => quota.QuotaCode)).size).toBe(quotas.length);
  expect(quotas.length).toBe(instanceTypes.length + 5);
  expect(await listAll(100)).toEqual(quotas);
  const defaults = [];
  const pages = paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode: "sagemaker" });
  for await (const page of pages) defaults.push(...(page.Quotas ?? []));
  expect(defaults.map((quota) => quota.Value)).toEqual(quotas.map((quota) => quota.Value));
  expect((await client.send(new ListServicesCommand())).Services).toEqual([
    { ServiceCode: "sagemaker", ServiceName: "Amazon SageMaker" },
  ]);
});

test("a small wish is approved without a case, a large one after a case, and raises the quota then", async () => {
  const small = await quotaOf("ml.p5.48xlarge");
  expect(small.Value).toBe(0);
  const granted = await ask(small, 1);
  expect(granted?.Status).toBe("PENDING");
  await expect(ask(small, 2)).rejects.toMatchObject({ name: "ResourceAlreadyExistsException" });
  const large = await ask(await quotaOf("ml.g5.xlarge"), 40);
  // At the default scale a second is a minute: 10 minutes, a case after 5, and 2 hours.
  sandbox.wait(6_000);
  expect([await statusOf(granted?.Id), await statusOf(large?.Id)]).toEqual(["PENDING", "CASE_OPENED"]);
  expect(await currentValue(small)).toBe(0);
  sandbox.wait(4_000);
  expect(await statusOf(granted?.Id)).toBe("APPROVED");
  expect(await currentValue(small)).toBe(1);
  expect((await quotaOf("ml.g5.xlarge")).Value).toBe(16);
  sandbox.wait(110_000);
  expect(await statusOf(large?.Id)).toBe("APPROVED");
  expect((await quotaOf("ml.g5.xlarge")).Value).toBe(40);
  const input = { ServiceCode: "sagemaker", QuotaCode: small.QuotaCode };
  expect((await client.send(new GetAWSDefaultServiceQuotaCommand(input))).Quota?.Value).toBe(0);
  await expect(ask(small, 1)).rejects.toMatchObject({ name: "IllegalArgumentException" });
});

test("lists requests, newest first, also by quota and by status", async () => {
  const quotas = [
    await quotaOf("ml.g5.xlarge"),
    await quotaOf("ml.g6.xlarge"),
    await quotaOf("ml.p4d.24xlarge"),
  ];
  const ids: (string | undefined)[] = [];
  for (const quota of quotas) {
    ids.unshift((await ask(quota, 50))?.Id);
    sandbox.wait(1);
  }
  const found: (string | undefined)[] = [];
  const pages = paginateListRequestedServiceQuotaChangeHistory(
    { client },
    { ServiceCode: "sagemaker", Status: "PENDING", MaxResults: 2 },
  );
  for await (const page of pages) found.push(...(page.RequestedQuotas ?? []).map((request) => request.Id));
  expect(found).toEqual(ids);
  const byQuota = await client.send(
    new ListRequestedServiceQuotaChangeHistoryByQuotaCommand({
      ServiceCode: "sagemaker",
      QuotaCode: quotas[1]?.QuotaCode,
    }),
  );
  expect(byQuota.RequestedQuotas?.map((request) => request.QuotaName)).toEqual([
    "ml.g6.xlarge for endpoint usage",
  ]);
});

test("the control path sets any quota, in one region", async () => {
  const quota = await quotaOf("ml.g5.xlarge");
  const set = await sandbox.control("quotas", { name: quota.QuotaName, value: 0 });
  expect(await set.json()).toEqual({ name: quota.QuotaName, value: 0, region: "us-east-1" });
  expect(await currentValue(quota)).toBe(0);
  const wrong = await sandbox.control("quotas", { name: "ml.bogus.xlarge for endpoint usage", value: 1 });
  expect(wrong.status).toBe(400);
  expect((await sandbox.control("quotas", { name: quota.QuotaName, value: -1 })).status).toBe(400);
});

test.each([
  ["another service", { ServiceCode: "ec2", QuotaCode: "L-12345678" }, "NoSuchResourceException"],
  ["another quota", { ServiceCode: "sagemaker", QuotaCode: "L-nothing" }, "NoSuchResourceException"],
  ["no quota at all", { ServiceCode: "sagemaker", QuotaCode: undefined }, "ValidationException"],
])("refuses %s", async (_name, input, name) => {
  await expect(client.send(new GetServiceQuotaCommand(input))).rejects.toMatchObject({ name });
});

test("refuses a page token that it did not give", async () => {
  const pages = paginateListServiceQuotas(
    { client, startingToken: "bm90IG91cnM=" },
    { ServiceCode: "sagemaker" },
  );
  await expect(pages.next()).rejects.toMatchObject({ name: "InvalidPaginationTokenException" });
});

test("what creation checks against follows the clock", () => {
  let now = 1000;
  const scope = { ...openTestScope().scope, clock: createClock(1, () => now) };
  const { store } = scope;
  const quota = quotaNamed("ml.g5.xlarge for endpoint usage");
  if (quota === undefined) throw new Error("the catalogue lacks ml.g5.xlarge");
  expect(endpointUsageQuota(scope, "ml.g5.xlarge")).toBe(quota.value);
  store.commit([quotaWrite(scope, quota, { at: 2000, value: 3 })]);
  expect(endpointUsageQuota(scope, "ml.g5.xlarge")).toBe(quota.value);
  now = 2000;
  expect(endpointUsageQuota(scope, "ml.g5.xlarge")).toBe(3);
  // The last word counts, not the largest number.
  store.commit([quotaWrite(scope, quota, { at: 2000, value: 0 })]);
  expect(appliedValue(scope, quota)).toBe(0);
  expect(endpointUsageQuota(scope, "ml.bogus.xlarge")).toBe(0);
});
