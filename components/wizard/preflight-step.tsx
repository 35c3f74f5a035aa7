"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { PreflightList, PreflightSummary } from "./preflight-list.tsx";
import { preflightQuery } from "./preflight-query.ts";
import type { CheckPlanAction, StepId, StepProps } from "./steps.ts";

/** Everything that can be known before money is spent; a fix changes the plan, and it is asked again. */
export function PreflightStep({
  plan,
  change,
  check,
  onStep,
}: StepProps & { check: CheckPlanAction; onStep: (step: StepId) => void }) {
  const { data, isPending, isFetching, isError, refetch } = useQuery({
    ...preflightQuery(plan, check),
    placeholderData: keepPreviousData,
  });
  if (isPending) return <Skeleton label="Asking the account" rows={8} />;
  if (isError || !data?.ok)
    return (
      <FailureNotice
        failure={
          data && !data.ok
            ? data.failure
            : {
                code: "unreachable",
                message: "The Sagescope server does not answer.",
                hint: "Check the terminal in which it runs, then try again. The plan is kept.",
              }
        }
        action={<Button onClick={() => refetch()}>Ask again</Button>}
      />
    );
  return (
    <Panel
      title="Before money is spent"
      aside={
        <Button look="quiet" size="small" disabled={isFetching} onClick={() => refetch()}>
          {isFetching ? "Asking…" : "Ask again"}
        </Button>
      }
      bodyClassName=""
    >
      <PreflightSummary lines={data.value.lines} />
      <PreflightList lines={data.value.lines} onPatch={change} onStep={onStep} />
    </Panel>
  );
}
