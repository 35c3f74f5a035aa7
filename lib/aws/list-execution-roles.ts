import "server-only";
import { paginateListRoles } from "@aws-sdk/client-iam";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { iam } from "./clients.ts";
import { type SharedReads, shareReads } from "./share-reads.ts";

const MAX_PAGES = 10;
const FRESH_MS = 60_000;

declare global {
  /** One reading per process, however many bundles this module is part of. */
  var sagescopeRoles: SharedReads<string[]> | undefined;
}

/**
 * `listExecutionRoles`, read once a minute for everyone. A failure is forgotten after seconds; meanwhile the last
 * list serves, where there was one.
 */
export async function sharedExecutionRoles(): Promise<Result<string[]>> {
  globalThis.sagescopeRoles ??= shareReads({
    read: listExecutionRoles,
    freshFor: () => FRESH_MS,
    now: Date.now,
    random: Math.random,
  });
  const reading = await globalThis.sagescopeRoles.get();
  return reading.ok ? succeed(reading.value.value) : reading;
}

/**
 * ARNs of the roles whose trust policy names SageMaker, by name; at most those of the account's first thousand
 * roles. Needs `iam:ListRoles`.
 */
export async function listExecutionRoles(): Promise<Result<string[]>> {
  try {
    const arns: string[] = [];
    let pages = 0;
    for await (const page of paginateListRoles({ client: iam(), pageSize: 100 }, {})) {
      for (const role of page.Roles ?? []) {
        const document = decodeURIComponent(role.AssumeRolePolicyDocument ?? "");
        if (role.Arn && document.includes("sagemaker.amazonaws.com")) arns.push(role.Arn);
      }
      pages += 1;
      if (pages === MAX_PAGES) break;
    }
    return succeed(arns.toSorted());
  } catch (error) {
    return fail(awsFailure(error));
  }
}
