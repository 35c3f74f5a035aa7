"use client";

import { lazy, Suspense } from "react";
import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { BLANK_PLAN, type Plan } from "#lib/plan/plan.ts";
import { bringBack, changePlan, followPlan, replacePlan } from "./plan-store.ts";
import { Stepper } from "./stepper.tsx";
import {
  type CheckPlanAction,
  type DeployPlace,
  STEP_IDS,
  STEP_TITLES,
  type StartDeploymentAction,
  type StepId,
} from "./steps.ts";
import { usePlan } from "./use-plan.ts";
import { useSuggestedRole } from "./use-suggested-role.ts";

// Each step brings its own tables when it is opened, and no other route brings any.
const ModelStep = lazy(async () => ({ default: (await import("./model-step.tsx")).ModelStep }));
const TaskStep = lazy(async () => ({ default: (await import("./task-step.tsx")).TaskStep }));
const BackendStep = lazy(async () => ({ default: (await import("./backend-step.tsx")).BackendStep }));
const SizingStep = lazy(async () => ({ default: (await import("./sizing-step.tsx")).SizingStep }));
const ConfigurationStep = lazy(async () => ({
  default: (await import("./configuration-step.tsx")).ConfigurationStep,
}));
const TargetStep = lazy(async () => ({ default: (await import("./target-step.tsx")).TargetStep }));
const PreflightStep = lazy(async () => ({ default: (await import("./preflight-step.tsx")).PreflightStep }));
const DeployStep = lazy(async () => ({ default: (await import("./deploy-step.tsx")).DeployStep }));

export type WizardActions = { check: CheckPlanAction; start: StartDeploymentAction };

/** From "I want to serve this model" to a deployed endpoint, a step at a time, each explained. */
export function Wizard({ place, actions }: { place: DeployPlace; actions: WizardActions }) {
  const { held, step, isTooLong, goTo } = usePlan();
  useSuggestedRole(held?.plan.modelId ?? "", place);
  if (!held) return <Skeleton label="Opening your plan" rows={8} />;
  const { plan } = held;
  const position = STEP_IDS.indexOf(step);
  const [previous, next] = [STEP_IDS[position - 1], STEP_IDS[position + 1]];

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <Stepper step={step} plan={plan} onStep={goTo} />
      <div className="min-w-0 space-y-5">
        {held.failure ? <FailureNotice failure={held.failure} /> : null}
        <section aria-labelledby="step-title" className="space-y-5">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h2 id="step-title" className="text-lg font-semibold tracking-tight">
              {STEP_TITLES[step]}
            </h2>
            <div className="flex gap-1">
              {held.earlier ? (
                <Button look="quiet" size="small" onClick={bringBack}>
                  Bring back the other plan
                </Button>
              ) : null}
              <Button
                look="quiet"
                size="small"
                onClick={() => {
                  replacePlan(BLANK_PLAN);
                  goTo("model");
                }}
              >
                Begin anew
              </Button>
            </div>
          </div>
          <Suspense fallback={<Skeleton label={`Loading ${STEP_TITLES[step]}`} rows={6} />}>
            <Body step={step} plan={plan} place={place} actions={actions} onStep={goTo} />
          </Suspense>
        </section>
        <nav aria-label="Steps" className="flex justify-between gap-2 border-t border-line pt-4">
          {previous ? <Button onClick={() => goTo(previous)}>← {STEP_TITLES[previous]}</Button> : <span />}
          {next ? (
            <Button look="primary" onClick={() => goTo(next)}>
              {STEP_TITLES[next]} →
            </Button>
          ) : null}
        </nav>
        {isTooLong ? (
          <p className="text-xs text-muted">
            This plan is too long for an address. It is kept in this browser; export it to take it elsewhere.
          </p>
        ) : null}
      </div>
    </div>
  );
}

function Body({
  step,
  plan,
  place,
  actions,
  onStep,
}: {
  step: StepId;
  plan: Plan;
  place: DeployPlace;
  actions: WizardActions;
  onStep: (step: StepId) => void;
}) {
  const change = (patch: Partial<Plan>) => changePlan((before) => ({ ...before, ...patch }));
  const common = { plan, change, place };
  switch (step) {
    case "model":
      return (
        <ModelStep
          {...common}
          follow={(patch) => {
            changePlan((before) => settle(before, place));
            void followPlan(patch);
          }}
          onReplace={(begun) => replacePlan(settle(begun, place))}
          onStep={onStep}
        />
      );
    case "task":
      return <TaskStep {...common} />;
    case "backend":
      return <BackendStep {...common} />;
    case "sizing":
      return <SizingStep {...common} />;
    case "configuration":
      return <ConfigurationStep {...common} />;
    case "target":
      return <TargetStep {...common} />;
    case "preflight":
      return <PreflightStep {...common} check={actions.check} onStep={onStep} />;
    case "deploy":
      return <DeployStep {...common} check={actions.check} start={actions.start} onStep={onStep} />;
  }
}

/** With a model, what the connection can answer is filled in where the person has not: region and bucket. */
function settle(plan: Plan, { region, bucket }: DeployPlace): Plan {
  const isUntouched = plan.modelId === "" && plan.region === BLANK_PLAN.region;
  return {
    ...plan,
    region: isUntouched ? region : plan.region,
    bucket: plan.bucket || bucket,
  };
}
