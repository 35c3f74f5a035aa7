import { StatusBadge } from "#components/endpoints/status-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { DeploymentView } from "#lib/deploy/deployment-view.ts";

/** Our part until SageMaker has accepted it, SageMaker's own word from then on. */
export function DeploymentBadge({
  view,
}: {
  view: Pick<DeploymentView, "status"> & { deployment: { state: string } };
}) {
  const { deployment, status } = view;
  if (deployment.state === "failed") return <Badge tone="bad">not deployed</Badge>;
  if (deployment.state === "running")
    return (
      <Badge tone="busy" pulse>
        deploying
      </Badge>
    );
  return status === null ? (
    <Badge tone="plain">accepted, status not known</Badge>
  ) : (
    <StatusBadge status={status} />
  );
}
