import "server-only";
import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { type DeploymentProgress, deploymentProgressSchema } from "#lib/deploy/deployment.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { type Plan, planSchema } from "#lib/plan/plan.ts";
import type { Database } from "./open-database.ts";
import { deployments } from "./schema.ts";

/** A message of SageMaker about a variant, and when it was first seen (epoch ms). */
export type SeenMessage = { at: number; text: string };

/** `progress` and `messages` change; the rest is as it was when the deployment began. */
export type StoredDeployment = {
  id: string;
  createdAt: Date;
  kind: "endpoint" | "component";
  name: string;
  endpointName: string;
  region: string | null;
  plan: Plan;
  expiresAt: string | null;
  progress: DeploymentProgress;
  messages: SeenMessage[];
};

const rowSchema = z.object({
  kind: z.enum(["endpoint", "component"]),
  plan: planSchema,
  progress: deploymentProgressSchema,
  messages: z.array(z.object({ at: z.number(), text: z.string() })),
});

/** Writes a deployment down before anything is done for it. */
export async function insertDeployment(database: Database, deployment: StoredDeployment): Promise<void> {
  await database.insert(deployments).values(deployment);
}

/** Keeps how far a deployment came; with `plan` the plan without its secrets, once nobody needs them. */
export async function changeDeployment(
  database: Database,
  id: string,
  change: Partial<Pick<StoredDeployment, "progress" | "messages" | "plan">>,
): Promise<void> {
  await database.update(deployments).set(change).where(eq(deployments.id, id));
}

/** One deployment, or `not-found`. */
export async function getDeployment(database: Database, id: string): Promise<Result<StoredDeployment>> {
  const [row] = await database.select().from(deployments).where(eq(deployments.id, id));
  if (row === undefined) {
    return fail({
      code: "not-found",
      message: "There is no such deployment.",
      hint: "It may belong to another database: look at the list of endpoints for what runs.",
    });
  }
  return succeed(parseRow(row));
}

/** The newest deployments first, at most `limit`. */
export async function listDeployments(database: Database, limit: number): Promise<StoredDeployment[]> {
  const rows = await database
    .select()
    .from(deployments)
    .orderBy(desc(deployments.createdAt), deployments.id)
    .limit(limit);
  return rows.map(parseRow);
}

function parseRow(row: typeof deployments.$inferSelect): StoredDeployment {
  return { ...row, ...rowSchema.parse(row) };
}
