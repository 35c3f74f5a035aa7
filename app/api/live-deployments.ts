import { defaultBucket } from "#lib/aws/default-bucket.ts";
import { deployPlan } from "#lib/aws/deploy-plan.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { getConnection } from "#lib/aws/get-connection.ts";
import { uploadArchive } from "#lib/aws/upload-archive.ts";
import { changeDeployment, type StoredDeployment } from "#lib/db/deployments.ts";
import type { Database } from "#lib/db/open-database.ts";
import { type DeploymentProgress, reduceDeployment, type StepName } from "#lib/deploy/deployment.ts";
import { runDeployment, type StepWork } from "#lib/deploy/run-deployment.ts";
import { succeed } from "#lib/failure.ts";
import { archiveKey } from "#lib/package/model-archive.ts";
import { withoutSecrets } from "#lib/plan/plan.ts";
import { digestPlan, packPlan } from "#lib/plan/resources.ts";

declare global {
  /** Deployments that this process is at work on, by id, however many bundles this module is part of. */
  var sagescopeDeployments: Map<string, DeploymentProgress> | undefined;
}

function live(): Map<string, DeploymentProgress> {
  globalThis.sagescopeDeployments ??= new Map();
  return globalThis.sagescopeDeployments;
}

/** How far a deployment is that this process is at work on. */
export function liveProgress(id: string): DeploymentProgress | undefined {
  return live().get(id);
}

/**
 * Sets to work on what a deployment lacks, and returns at once; nothing happens where this process is at it
 * already. `resumes`: an earlier server, or an earlier attempt, may have made some of it.
 */
export function workOn(
  database: Database,
  deployment: StoredDeployment,
  { resumes }: { resumes: boolean },
): void {
  const { id } = deployment;
  if (live().has(id)) return;
  live().set(id, deployment.progress);
  void runDeployment({
    progress: deployment.progress,
    work: workOf(deployment, resumes),
    save: async (progress) => {
      live().set(id, progress);
      await keep(database, deployment, progress);
    },
    now: Date.now,
  }).finally(() => {
    live().delete(id);
    endpointWatch().invalidate();
  });
}

/** A note that cannot be kept must not stop what SageMaker is asked for. */
async function keep(
  database: Database,
  { id, plan }: StoredDeployment,
  progress: DeploymentProgress,
): Promise<void> {
  try {
    // Accepted, the container has its variables: nobody needs the secrets here any more.
    const kept = progress.state === "accepted" ? { progress, plan: withoutSecrets(plan).plan } : { progress };
    await changeDeployment(database, id, kept);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : "A deployment could not be written down.");
  }
}

function workOf(deployment: StoredDeployment, resumes: boolean): Partial<Record<StepName, StepWork>> {
  const { id, plan, expiresAt } = deployment;
  return {
    upload: async (tell) => {
      const { archive } = await digestPlan(plan);
      const { region, account } = await getConnection();
      const uploaded = await uploadArchive({
        bytes: packPlan(plan),
        bucket: plan.bucket,
        key: archiveKey(plan.keyPrefix, archive ?? ""),
        createBucket: plan.bucket === defaultBucket(region ?? "", account ?? ""),
        onProgress: (progress) => {
          tell({ type: "upload-progress", ...progress });
          const known = live().get(id);
          if (known) live().set(id, reduceDeployment(known, { type: "upload-progress", ...progress }));
        },
      });
      if (!uploaded.ok) return uploaded;
      const { url, wasThere } = uploaded.value;
      return succeed(wasThere ? `${url} was there already.` : url);
    },
    create: async () => {
      const created = await deployPlan({ plan, expiresAt, resumes });
      return created.ok ? succeed(`SageMaker has accepted ${created.value.name}.`) : created;
    },
  };
}
