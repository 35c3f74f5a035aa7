import { Definition } from "#components/ui/definition.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { DeploymentView } from "#lib/deploy/deployment-view.ts";

/** What it has cost and what it goes on costing. An unknown price is said to be unknown, never zero. */
export function DeploymentCost({ view }: { view: DeploymentView }) {
  const { pricePerHour, costSoFar, deployment } = view;
  const { plan } = deployment;
  // An endpoint's own tag says it, and may have been moved since.
  const isToldAbove =
    deployment.expiresAt !== null && deployment.kind === "endpoint" && deployment.state === "accepted";
  return (
    <Panel
      title="Cost so far"
      aside={
        <Definition term="the cost so far">
          <p>
            Time since SageMaker accepted the endpoint × instances × the on-demand price per hour. An upper
            bound: AWS bills from the moment the machine runs.
          </p>
        </Definition>
      }
      bodyClassName="space-y-3 p-4"
    >
      <div>
        <p className="text-2xl font-semibold tabular-nums">{amountOf(view)}</p>
        {view.status === "Failed" && costSoFar === null ? (
          <p className="text-sm text-muted">
            A failed endpoint has no machine any more; how long it had one, AWS does not say.
          </p>
        ) : null}
      </div>
      <Facts
        rows={[
          {
            name: "Per hour",
            value:
              deployment.kind === "component"
                ? "no new machine"
                : pricePerHour === null
                  ? "unknown"
                  : `$${pricePerHour.toFixed(2)}`,
          },
          ...(deployment.kind === "component"
            ? []
            : [{ name: "Machines", value: `${plan.instanceCount} × ${plan.instanceType}` }]),
          ...(isToldAbove || deployment.state === "failed"
            ? []
            : [
                {
                  name: "Due to go",
                  value:
                    deployment.expiresAt === null
                      ? "never: it stays until it is deleted"
                      : deployment.expiresAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC"),
                },
              ]),
        ]}
      />
    </Panel>
  );
}

/** Where SageMaker refused, no machine was asked for; where it did not answer, nobody knows. */
function amountOf({ costSoFar, deployment: { state, failure } }: DeploymentView): string {
  if (costSoFar !== null) return `$${costSoFar.toFixed(2)}`;
  if (state === "running") return "Nothing yet";
  return state === "failed" && failure?.code !== "unreachable" ? "Nothing" : "Unknown";
}
