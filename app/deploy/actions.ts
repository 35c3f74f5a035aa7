"use server";

import { workOn } from "#app/api/live-deployments.ts";
import { getConnection } from "#lib/aws/get-connection.ts";
import { readAccountFacts } from "#lib/aws/read-account-facts.ts";
import { readPrice } from "#lib/aws/read-price.ts";
import { database } from "#lib/db/database.ts";
import { getDeployment, insertDeployment } from "#lib/db/deployments.ts";
import { beginProgress } from "#lib/deploy/deployment.ts";
import { expiryAfter } from "#lib/endpoint/expiry.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { modelOfPlan } from "#lib/plan/model-of-plan.ts";
import { parsePlan } from "#lib/plan/parse-plan.ts";
import { overallVerdict, preflight } from "#lib/preflight/preflight.ts";
import type { PreflightLine } from "#lib/preflight/preflight-line.ts";

/** What the account and the tables say of a plan before money is spent; `input` is whatever a browser sent. */
export async function checkPlan(
  input: unknown,
): Promise<Result<{ lines: PreflightLine[]; pricePerHour: number | null }>> {
  const parsed = parsePlan(input);
  if (!parsed.ok) return parsed;
  const plan = parsed.value;
  const [facts, price] = await Promise.all([
    readAccountFacts(plan),
    readPrice({ instanceType: plan.instanceType, region: plan.region }),
  ]);
  const perInstance = price.ok ? price.value : null;
  const pricePerHour = plan.target.kind === "component" ? 0 : perInstance && perInstance * plan.instanceCount;
  return succeed({ lines: preflight(plan, modelOfPlan(plan), facts), pricePerHour });
}

/**
 * Writes the deployment down, sets to work on it and returns its id. Refused where the pre-flight finds something
 * that cannot work, whatever the browser showed, and where the plan is for another region than this server's.
 */
export async function startDeployment(input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parsePlan(input);
  if (!parsed.ok) return parsed;
  const plan = parsed.value;
  const { region } = await getConnection();
  if (region !== plan.region) {
    return fail({
      code: "invalid",
      message: `The plan is for ${plan.region}, and this server works in ${region ?? "no region"}.`,
      hint: `Choose ${region ?? "a region"} in the plan, or restart Sagescope with --region ${plan.region}.`,
      field: "region",
    });
  }
  const lines = preflight(plan, modelOfPlan(plan), await readAccountFacts(plan));
  if (overallVerdict(lines) === "block") return fail(blockedBy(lines));
  const opened = await database();
  if (!opened.ok) return opened;
  const now = Date.now();
  const deployment = {
    id: crypto.randomUUID(),
    createdAt: new Date(now),
    kind: plan.target.kind,
    name: plan.target.kind === "component" ? plan.target.componentName : plan.endpointName,
    endpointName: plan.endpointName,
    region,
    plan,
    expiresAt: plan.expiresAfterHours === null ? null : expiryAfter(plan.expiresAfterHours, now),
    progress: beginProgress(plan.carrier === "archive" ? ["upload", "create"] : ["create"]),
    messages: [],
  };
  await insertDeployment(opened.value, deployment);
  workOn(opened.value, deployment, { resumes: false });
  return succeed({ id: deployment.id });
}

/** Tries again what a deployment lacks. Its secrets are still there: it was never accepted. */
export async function retryDeployment(id: unknown): Promise<Result<{ id: string }>> {
  const opened = await database();
  if (!opened.ok) return opened;
  const found = await getDeployment(opened.value, String(id));
  if (!found.ok) return found;
  if (found.value.progress.state === "accepted") {
    return fail({ code: "conflict", message: "SageMaker has accepted this deployment already." });
  }
  workOn(opened.value, found.value, { resumes: true });
  return succeed({ id: found.value.id });
}

function blockedBy(lines: readonly PreflightLine[]) {
  const block = lines.find(({ verdict }) => verdict === "block");
  return {
    code: "invalid" as const,
    message: `${block?.title ?? "The pre-flight"}: ${block?.message ?? "something is missing."}`,
    hint: "Look at the pre-flight, which has the fix.",
  };
}
