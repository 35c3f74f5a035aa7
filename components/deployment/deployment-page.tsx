"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState, useTransition } from "react";
import type { DeleteEndpointAction } from "#components/endpoints/delete-endpoint.tsx";
import { ExpiryNotice, type ExtendExpiryAction } from "#components/endpoints/expiry-notice.tsx";
import { endpointQuery } from "#components/endpoints/queries.ts";
import { Age } from "#components/ui/age.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { explainFailureReason } from "#lib/endpoint/failure-reason.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { renderPlanAddress } from "#lib/plan/plan-address.ts";
import { DeploymentBadge } from "./deployment-badge.tsx";
import { DeploymentCost } from "./deployment-cost.tsx";
import { LogView } from "./log-view.tsx";
import { type DeploymentLook, deploymentQuery, isUnderWay } from "./queries.ts";
import { SmokePrompt } from "./smoke-prompt.tsx";
import { Timeline } from "./timeline.tsx";

type RetryDeploymentAction = (id: unknown) => Promise<Result<{ id: string }>>;

type DeploymentActions = {
  retry: RetryDeploymentAction;
  extend: ExtendExpiryAction;
  remove: DeleteEndpointAction;
};

const GONE: Failure = {
  code: "unreachable",
  message: "The Sagescope server does not answer.",
  hint: "Check the terminal in which it runs, then try again. The deployment goes on where it stands.",
};

/** One deployment from its first step to the first answer, live. */
export function DeploymentPage({ id, actions }: { id: string; actions: DeploymentActions }) {
  const { data, isPending, isError, refetch } = useQuery(deploymentQuery(id));
  if (isPending) return <Skeleton label="Loading the deployment" rows={8} />;
  if (!data?.ok) {
    return (
      <>
        <PageHeader title="Deployment" above={<AllPlans />} />
        <FailureNotice
          failure={data && !data.ok && !isError ? data.failure : GONE}
          action={<Button onClick={() => refetch()}>Try again</Button>}
        />
      </>
    );
  }
  return <Shown look={data.value} isStale={isError} actions={actions} />;
}

function Shown({
  look: { view, lines },
  isStale,
  actions,
}: {
  look: DeploymentLook;
  isStale: boolean;
  actions: DeploymentActions;
}) {
  const { deployment, status } = view;
  const isReady = deployment.state === "accepted" && status !== null && canInvoke(status);
  return (
    <>
      <PageHeader
        title={deployment.name}
        above={<AllPlans />}
        action={
          <>
            <Link href={`/deploy?plan=${renderPlanAddress(deployment.plan)}`} className={buttonClass()}>
              Open its plan
            </Link>
            {deployment.state === "accepted" ? (
              <Link
                href={`/endpoints/${encodeURIComponent(deployment.endpointName)}`}
                className={buttonClass()}
              >
                See the endpoint
              </Link>
            ) : null}
          </>
        }
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <DeploymentBadge view={view} />
          <span>
            begun <Age moment={deployment.createdAt} />
          </span>
          {deployment.kind === "component" ? <span>a component on {deployment.endpointName}</span> : null}
        </div>
      </PageHeader>
      <div className="space-y-5">
        {isStale ? <FailureNotice failure={GONE} /> : null}
        <Trouble view={view} retry={actions.retry} />
        {deployment.state === "accepted" && deployment.kind === "endpoint" ? (
          <Expiry name={deployment.endpointName} actions={actions} />
        ) : null}
        {isReady ? <SmokePrompt deployment={deployment} /> : null}
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <div className="space-y-5">
            <Timeline view={view} />
            <DeploymentCost view={view} />
          </div>
          <LogView lines={lines} log={view.log} isUnderWay={isUnderWay(view)} />
        </div>
      </div>
    </>
  );
}

/** The tag itself is read: it may have been moved since. */
function Expiry({ name, actions }: { name: string; actions: DeploymentActions }) {
  const { data } = useQuery(endpointQuery(name));
  return data?.ok ? (
    <ExpiryNotice endpoint={data.value} extend={actions.extend} remove={actions.remove} />
  ) : null;
}

/** What went wrong, in words, and the way on: the step again, or the plan with another answer. */
function Trouble({ view, retry }: { view: DeploymentLook["view"]; retry: RetryDeploymentAction }) {
  const { deployment, failureReason } = view;
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const [isRetrying, startTransition] = useTransition();
  const failure = deployment.failure ?? (failureReason ? explainFailureReason(failureReason) : null);
  if (!failure) return null;

  function again() {
    startTransition(async () => {
      const outcome = await retry(deployment.id);
      setRefusal(outcome.ok ? null : outcome.failure);
      await queries.invalidateQueries({ queryKey: ["deployments", deployment.id] });
    });
  }

  return (
    <div className="space-y-3">
      <FailureNotice
        failure={failure}
        action={
          <>
            {deployment.state === "failed" ? (
              <Button onClick={again} disabled={isRetrying}>
                {isRetrying ? "Trying again…" : "Try again"}
              </Button>
            ) : null}
            <Link
              href={`/deploy?step=configuration&plan=${renderPlanAddress(deployment.plan)}`}
              className={buttonClass()}
            >
              Change the plan
            </Link>
          </>
        }
      />
      {refusal ? <FailureNotice failure={refusal} /> : null}
    </div>
  );
}

function AllPlans() {
  return (
    <Link href="/deploy" className="rounded underline-offset-4 hover:text-ink hover:underline">
      <span aria-hidden="true">← </span>Deploy
    </Link>
  );
}
