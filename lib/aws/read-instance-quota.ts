import "server-only";
import { paginateListServiceQuotas } from "@aws-sdk/client-service-quotas";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { serviceQuotas } from "./clients.ts";
import { endpointWatch } from "./endpoint-watch.ts";

/** How many instances of a type the account may run for endpoints, and how many endpoints run now. */
export type InstanceQuota = {
  /** As the Service Quotas console names it, for example `ml.g5.xlarge for endpoint usage`. */
  name: string;
  limit: number;
  /** Null where not every endpoint could be read: a number that may be too low would promise room. */
  used: number | null;
};

const SERVICE = "sagemaker";
/** SageMaker has some two thousand quotas: twenty pages, and no more if tokens never end. */
const MAX_PAGES = 60;
/** One description each: beyond this the price of an exact number is throttling. */
const MAX_ENDPOINTS_READ = 60;

/**
 * The account's quota for endpoints on an instance type; null where AWS lists none for it. Needs
 * `servicequotas:ListServiceQuotas`; what is used is counted over the endpoints, as AWS counts it.
 */
export async function readInstanceQuota(instanceType: string): Promise<Result<InstanceQuota | null>> {
  const name = `${instanceType} for endpoint usage`;
  try {
    const limit = await findLimit(name);
    return succeed(limit === null ? null : { name, limit, used: await countInstances(instanceType) });
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function findLimit(name: string): Promise<number | null> {
  let pages = 0;
  const asked = { client: serviceQuotas(), pageSize: 100 };
  for await (const page of paginateListServiceQuotas(asked, { ServiceCode: SERVICE })) {
    const found = page.Quotas?.find((quota) => quota.QuotaName === name);
    if (found?.Value !== undefined) return found.Value;
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  return null;
}

async function countInstances(instanceType: string): Promise<number | null> {
  const list = await endpointWatch().list();
  if (!list.ok || list.value.value.length > MAX_ENDPOINTS_READ) return null;
  const described = await Promise.all(list.value.value.map(({ name }) => endpointWatch().describe(name)));
  let used = 0;
  for (const read of described) {
    // Deleted between the two reads: it holds no machine any more.
    if (!read.ok && read.failure.code === "not-found") continue;
    if (!read.ok) return null;
    const { endpoint } = read.value.value;
    if (endpoint.status === "Failed") continue;
    for (const variant of endpoint.variants) {
      if (variant.instanceType !== instanceType) continue;
      used += Math.max(variant.currentInstances ?? 0, variant.desiredInstances ?? 0);
    }
  }
  return used;
}
