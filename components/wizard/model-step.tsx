"use client";

import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { findModel } from "#lib/fit/model-catalogue.ts";
import { architectureKeyOf } from "#lib/fit/model-figures.ts";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import { modelOfPlan } from "#lib/plan/model-of-plan.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { ModelConfigFields } from "./model-config-fields.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { ModelSearch } from "./model-search.tsx";
import { RecentDeployments } from "./recent-deployments.tsx";
import type { StepId, StepProps } from "./steps.ts";

/** Small enough for a first try; the local peer serves it. */
const DEMONSTRATION = "sagescope/demo";

/** Which model: from the catalogue, by its Hugging Face id, from S3, or described by a pasted config.json. */
export function ModelStep({
  plan,
  change,
  place,
  follow,
  onReplace,
  onStep,
}: StepProps & {
  /** A change after which the plan goes where AWS's tree leads it. */
  follow: (patch: Partial<Plan>) => void;
  onReplace: (plan: Plan) => void;
  onStep: (step: StepId) => void;
}) {
  const figures = modelOfPlan(plan);

  function choose(modelId: string) {
    const architecture = findModel(modelId)?.architectureKey ?? null;
    const isDemonstration = modelId === DEMONSTRATION;
    follow({
      modelId,
      architecture: isDemonstration ? architectureKeyOf("llama") : architecture,
      modelConfig: null,
      parameters: null,
      ...(isDemonstration && plan.instanceType === "" ? { instanceType: "ml.g5.xlarge" } : {}),
    });
  }

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(18rem,2fr)]">
      <div className="min-w-0 space-y-5">
        <Panel title="Model" bodyClassName="space-y-4 p-4">
          <Field
            label="Hugging Face id or S3 prefix"
            hint="For instance mistralai/Mistral-7B-v0.1, or s3://bucket/prefix/ with the weights."
            problem={idProblem(plan.modelId)}
          >
            {(ids) => (
              <Input
                {...ids}
                spellCheck={false}
                autoComplete="off"
                className="font-mono text-xs"
                placeholder="organisation/model"
                value={plan.modelId}
                onChange={(event) => choose(event.target.value.trim())}
              />
            )}
          </Field>
          {place.isLocal && plan.modelId !== DEMONSTRATION ? (
            <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
              On this local connection the demonstration model answers.
              <Button size="small" onClick={() => choose(DEMONSTRATION)}>
                Take the demonstration model
              </Button>
            </p>
          ) : null}
          <ModelSearch chosen={plan.modelId} onChoose={choose} />
        </Panel>
        {plan.modelId !== "" && !findModel(plan.modelId) ? (
          <ModelConfigFields plan={plan} change={change} follow={follow} />
        ) : null}
      </div>
      <div className="space-y-5">
        {figures ? <ModelFacts figures={figures} /> : null}
        <Panel title="Guided example" bodyClassName="space-y-3 p-4 text-sm">
          <p>
            The walk-through of LMI 0.26.0's release post: Mixtral-8x7B in the TensorRT-LLM container on eight
            A100, thirty-two requests in a batch.
          </p>
          <p className="text-muted">
            It carries the post's own contradiction, two hours to load against a health check of half an hour;
            the pre-flight finds it.
          </p>
          <Button
            onClick={() => {
              onReplace({ ...GUIDED_EXAMPLE, region: place.region });
              onStep("task");
            }}
          >
            Walk through it
          </Button>
        </Panel>
        <RecentDeployments />
      </div>
    </div>
  );
}

function idProblem(id: string): string | undefined {
  if (id === "" || /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S*$/.test(id)) return undefined;
  if (id.startsWith("s3:")) return "An S3 prefix is s3://bucket/prefix/.";
  if (id.startsWith("http")) return "Write the id alone, as organisation/model.";
  return /^[\w.-]+(\/[\w.-]+)?$/.test(id) ? undefined : "An id is organisation/model, without spaces.";
}
