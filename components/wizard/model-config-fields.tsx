"use client";

import { useState } from "react";
import { Field, Input, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { missingFigures, readModelConfig } from "#lib/fit/read-model-config.ts";
import { modelOfPlan } from "#lib/plan/model-of-plan.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { StepProps } from "./steps.ts";

/** A model nobody has described yet: its config.json, and what that leaves open. */
export function ModelConfigFields({
  plan,
  change,
  follow,
}: Pick<StepProps, "plan" | "change"> & { follow: (patch: Partial<Plan>) => void }) {
  const [billions, setBillions] = useState(plan.parameters === null ? "" : String(plan.parameters / 1e9));
  const figures = modelOfPlan(plan);
  const pasted = plan.modelConfig === null ? null : readModelConfig(plan.modelConfig, plan.modelId);
  const missing = figures ? missingFigures(figures) : [];
  const asksParameters =
    plan.parameters !== null || missing.some(({ key }) => key === "parameters") || plan.modelConfig === null;
  const problem = pasted && !pasted.ok ? pasted.failure.message : undefined;
  const others = missing.filter(({ key }) => key !== "parameters").map(({ label }) => label);

  function paste(text: string) {
    if (text.trim() === "") return change({ modelConfig: null });
    const read = readModelConfig(text, plan.modelId);
    follow({ modelConfig: text, ...(read.ok ? { architecture: read.value.architectureKey } : {}) });
  }

  return (
    <Panel title="A model the catalogue does not have" bodyClassName="space-y-4 p-4">
      <p className="text-sm text-muted">
        Its back ends, memory and instances follow from its dimensions. You may go on without them: what
        cannot be computed is then said to be unknown.
      </p>
      <Field
        label="config.json"
        hint="From the model's page on the Hugging Face Hub. It stays in this browser and in this page's address."
        problem={problem}
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={6}
            spellCheck={false}
            className="font-mono text-xs"
            placeholder='{ "architectures": ["LlamaForCausalLM"], "hidden_size": 4096, … }'
            value={plan.modelConfig ?? ""}
            onChange={(event) => paste(event.target.value)}
          />
        )}
      </Field>
      {others.length > 0 ? <p className="text-sm text-warn">It does not say: {others.join(", ")}.</p> : null}
      {asksParameters ? (
        <Field
          label="Parameters, in billions"
          hint="They cannot be counted from this configuration; the model's page says how many."
          problem={billions !== "" && !(Number(billions) > 0) ? "Write a number above zero." : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              className="max-w-40"
              value={billions}
              onChange={(event) => {
                setBillions(event.target.value);
                const number = Number(event.target.value);
                change({ parameters: number > 0 ? number * 1e9 : null });
              }}
            />
          )}
        </Field>
      ) : null}
      <Field
        label="Architecture, as the back ends' lists spell it"
        hint="For instance llama, mistral, gpt-neox. Taken from the configuration where it says so."
      >
        {(ids) => (
          <Input
            {...ids}
            spellCheck={false}
            className="max-w-60 font-mono text-xs"
            value={plan.architecture ?? ""}
            onChange={(event) => follow({ architecture: event.target.value.trim() || null })}
          />
        )}
      </Field>
    </Panel>
  );
}
