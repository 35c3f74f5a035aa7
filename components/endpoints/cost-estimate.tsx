import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { InstanceChoice } from "./machine-fields.tsx";

/** What the endpoint costs until it is deleted. An unknown price is said to be unknown, never zero. */
export function CostEstimate({
  instance,
  count,
  isLocal,
}: {
  instance: InstanceChoice | undefined;
  count: number;
  isLocal: boolean;
}) {
  const price = instance?.pricePerHour ?? null;
  const perHour = price !== null && Number.isInteger(count) && count > 0 ? price * count : null;
  return (
    <Panel
      title="Cost"
      aside={
        <Definition term="the cost">
          <p>
            Instances × the on-demand list price of SageMaker hosting in us-east-1. It is an estimate: other
            regions, savings plans, storage and traffic differ.
          </p>
          <p>It runs from creation until the endpoint is deleted, prompted or not.</p>
        </Definition>
      }
      bodyClassName="p-4 space-y-1"
    >
      {perHour === null ? (
        <p className="text-sm text-muted">
          {price === null
            ? "The price of this choice is unknown."
            : "Known as soon as the instance count is."}
        </p>
      ) : (
        <>
          <p className="text-2xl font-semibold tabular-nums">
            ${perHour.toFixed(2)} <span className="text-sm font-normal text-muted">per hour</span>
          </p>
          <p className="text-sm tabular-nums text-muted">
            about ${(perHour * 24).toFixed(2)} a day until deleted
          </p>
        </>
      )}
      {isLocal ? (
        <p className="pt-1 text-sm font-medium text-accent">On this local connection nothing is charged.</p>
      ) : null}
    </Panel>
  );
}
