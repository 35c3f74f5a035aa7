import { liveProgress, workOn } from "#app/api/live-deployments.ts";
import { describeComponent } from "#lib/aws/describe-component.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { readEndpointLogs } from "#lib/aws/read-endpoint-logs.ts";
import { readPrice } from "#lib/aws/read-price.ts";
import { changeDeployment, type SeenMessage, type StoredDeployment } from "#lib/db/deployments.ts";
import type { Database } from "#lib/db/open-database.ts";
import { costOf } from "#lib/deploy/cost-of.ts";
import { type DeploymentView, deploymentViewSchema } from "#lib/deploy/deployment-view.ts";
import { readPhases } from "#lib/deploy/read-phases.ts";
import type { EndpointStatus } from "#lib/endpoint/endpoint.ts";
import { withoutSecrets } from "#lib/plan/plan.ts";

/** What SageMaker says of what was deployed. Moments in epoch ms. */
type Standing = {
  status: EndpointStatus;
  failureReason: string | null;
  createdAt: number;
  modifiedAt: number;
  message: string | null;
};

/** Reads anew what the page of a deployment shows, and takes the deployment up where nobody is at work on it. */
export async function readView(
  database: Database,
  stored: StoredDeployment,
  since: number | null,
): Promise<DeploymentView> {
  const { id, kind, plan } = stored;
  if (stored.progress.state === "running") workOn(database, stored, { resumes: true });
  const progress = liveProgress(id) ?? stored.progress;
  const acceptedAt = progress.steps.find(({ name }) => name === "create")?.endedAt ?? null;
  const isAccepted = progress.state === "accepted" && acceptedAt !== null;
  const standing = isAccepted ? await readStanding(stored) : null;
  // A log outlives its endpoint: what another of this name wrote before is no part of this deployment.
  const begun = standing ? standing.createdAt : acceptedAt;
  const [log, price, whole] = await Promise.all([
    isAccepted ? readEndpointLogs({ name: stored.name, kind, since: since ?? begun }) : null,
    readPrice({ instanceType: plan.instanceType, region: plan.region }),
    // The borders of phases are in its first lines, whatever was read of it before.
    isAccepted && since !== null ? readEndpointLogs({ name: stored.name, kind, since: begun }) : null,
  ]);
  const asOf = Date.now();
  const messages = await rememberMessage(database, stored, standing, asOf);
  const first = whole ?? log;
  const perInstance = price.ok ? price.value : null;
  const pricePerHour = kind === "component" ? 0 : perInstance && perInstance * plan.instanceCount;
  return deploymentViewSchema.parse({
    deployment: {
      ...stored,
      createdAt: stored.createdAt.getTime(),
      plan: withoutSecrets(plan).plan,
      ...progress,
    },
    status: standing?.status ?? null,
    failureReason: standing?.failureReason ?? null,
    phases:
      isAccepted && standing
        ? readPhases({
            acceptedAt,
            status: standing.status,
            modifiedAt: standing.modifiedAt,
            messages,
            lines: first?.ok ? first.value.lines : [],
          })
        : [],
    log: log?.ok
      ? { ...log.value, failure: null }
      : { lines: [], cursor: since, isCut: false, failure: log?.failure.message ?? null },
    pricePerHour,
    costSoFar: costOf({
      acceptedAt: isAccepted ? acceptedAt : null,
      status: standing?.status ?? null,
      pricePerHour,
      asOf,
    }),
    asOf,
  } satisfies DeploymentView | Record<string, unknown>);
}

async function readStanding({ kind, name }: StoredDeployment): Promise<Standing | null> {
  if (kind === "component") {
    const component = await describeComponent(name);
    return component.ok ? { ...component.value, message: null } : null;
  }
  const read = await endpointWatch().describe(name);
  if (!read.ok) return null;
  const { endpoint } = read.value.value;
  const message = endpoint.variants.find(({ phase }) => phase?.message)?.phase?.message ?? null;
  return { ...endpoint, message };
}

/** AWS shows one message at a time and no history of them: each is kept with the moment it was first seen. */
async function rememberMessage(
  database: Database,
  { id, messages }: StoredDeployment,
  standing: Standing | null,
  at: number,
): Promise<SeenMessage[]> {
  const text = standing?.message ?? null;
  if (text === null || messages.some((known) => known.text === text)) return messages;
  const next = [...messages, { at, text }];
  await changeDeployment(database, id, { messages: next });
  return next;
}
