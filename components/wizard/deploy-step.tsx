"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Failure } from "#lib/failure.ts";
import { backendTitle } from "#lib/lmi/backend-id.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { formatPrice } from "./format-figure.ts";
import { preflightQuery } from "./preflight-query.ts";
import type { CheckPlanAction, StartDeploymentAction, StepId, StepProps } from "./steps.ts";

/** The last look: what is made, what it costs, and how long it stays. */
export function DeployStep({
  plan,
  place,
  check,
  start,
  onStep,
}: StepProps & {
  check: CheckPlanAction;
  start: StartDeploymentAction;
  onStep: (step: StepId) => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isStarting, startTransition] = useTransition();
  const { data, isFetching } = useQuery({
    ...preflightQuery(plan, check),
    placeholderData: keepPreviousData,
  });
  const lines = data?.ok ? data.value.lines : [];
  const blocks = lines.filter(({ verdict }) => verdict === "block");
  const perHour = data?.ok ? data.value.pricePerHour : null;

  function deploy() {
    startTransition(async () => {
      const outcome = await start(plan);
      if (!outcome.ok) return setFailure(outcome.failure);
      await queries.invalidateQueries({ queryKey: ["endpoints"] });
      router.push(`/deploy/${encodeURIComponent(outcome.value.id)}`);
    });
  }

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)]">
      <Panel title="What is made">
        <Facts rows={rowsOf(plan)} />
      </Panel>
      <Panel
        title="Cost"
        aside={
          <Definition term="the cost">
            <p>
              Instances × the on-demand price per hour. It runs until the endpoint is deleted, prompted or
              not.
            </p>
          </Definition>
        }
        bodyClassName="space-y-4 p-4"
      >
        <div>
          <p className="text-2xl font-semibold tabular-nums">
            {plan.target.kind === "component"
              ? "No new machine"
              : perHour === null
                ? "Unknown"
                : formatPrice(perHour)}
            {perHour === null || plan.target.kind === "component" ? null : (
              <span className="text-sm font-normal text-muted"> per hour</span>
            )}
          </p>
          <p className="text-sm text-muted">
            {plan.expiresAfterHours === null
              ? "It stays until somebody deletes it."
              : `Tagged as due to go ${plan.expiresAfterHours} hours after its creation${
                  perHour === null
                    ? "."
                    : `: about ${formatPrice(perHour * plan.expiresAfterHours)} until then.`
                }`}
          </p>
          {place.isLocal ? (
            <p className="text-sm font-medium text-accent">On this local connection nothing is charged.</p>
          ) : null}
        </div>
        {blocks.length > 0 ? (
          <div className="space-y-2 rounded-lg bg-danger-soft p-3 text-sm">
            <p className="font-medium text-danger">The pre-flight blocks it:</p>
            <ul className="list-disc space-y-1 pl-4">
              {blocks.map(({ id, message }) => (
                <li key={id}>{message}</li>
              ))}
            </ul>
            <Button size="small" onClick={() => onStep("preflight")}>
              Put it right
            </Button>
          </div>
        ) : null}
        {data && !data.ok ? <FailureNotice failure={data.failure} /> : null}
        {failure ? <FailureNotice failure={failure} /> : null}
        <Button
          look="primary"
          className="w-full"
          disabled={isStarting || isFetching || blocks.length > 0 || !data?.ok}
          onClick={deploy}
        >
          {isStarting ? "Starting…" : isFetching && !data ? "Asking the account…" : "Deploy"}
        </Button>
        <p className="text-xs text-muted">
          If a step fails, what was made before it is taken back. It goes on when this page is closed.
        </p>
      </Panel>
    </div>
  );
}

function rowsOf(plan: Plan) {
  const { target } = plan;
  return [
    { name: "Model", value: plan.modelId || "in the configuration" },
    { name: "Back end", value: `${backendTitle(plan.backend)}, ${plan.framework} ${plan.lmiVersion}` },
    {
      name: "Configuration",
      value: plan.carrier === "archive" ? `model.tar.gz in s3://${plan.bucket}` : "environment variables",
    },
    ...(target.kind === "component"
      ? [
          { name: "Component", value: `${target.componentName} on ${plan.endpointName}` },
          { name: "Takes", value: `${target.copies} × ${target.accelerators} accelerators` },
        ]
      : [
          { name: "Endpoint", value: plan.endpointName || "no name yet" },
          { name: "Machines", value: `${plan.instanceCount} × ${plan.instanceType || "not chosen"}` },
        ]),
    { name: "Region", value: plan.region },
    { name: "Role", value: plan.executionRoleArn || "not chosen" },
    { name: "Health check", value: `${plan.startupTimeoutSeconds} s` },
    ...plan.tags.filter(({ key }) => key !== "").map(({ key, value }) => ({ name: `Tag ${key}`, value })),
  ];
}
