"use client";

import { useDeferredValue, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { fitInstance, fitInstances } from "#lib/fit/fit-instance.ts";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { diffLines } from "#lib/options/diff-lines.ts";
import { modelOfPlan } from "#lib/plan/model-of-plan.ts";
import { writeSizing } from "#lib/plan/write-sizing.ts";
import { InstanceTable } from "./instance-table.tsx";
import { MemoryPicture } from "./memory-picture.tsx";
import { SizingControls } from "./sizing-controls.tsx";
import { SizingFigures } from "./sizing-figures.tsx";
import type { StepProps } from "./steps.ts";

/** What the model takes of an accelerator, and where that fits, live while the wishes change. */
export function SizingStep({ plan, change }: StepProps) {
  const model = useMemo(() => modelOfPlan(plan), [plan]);
  const sizing = useDeferredValue(plan.sizing);
  const fits = useMemo(
    () => (model ? fitInstances({ ...sizing, model, backend: plan.backend }) : []),
    [model, sizing, plan.backend],
  );
  const instance = findInstanceType(plan.instanceType);
  const best = fits.find(({ verdict }) => verdict === "fits");
  const shown =
    model && instance ? fitInstance({ ...plan.sizing, model, backend: plan.backend }, instance) : best;
  const written = writeSizing(plan);
  const changes = diffLines(plan.properties, written).filter(({ kind }) => kind === "added");

  if (!model)
    return (
      <Panel bodyClassName="">
        <EmptyState title="The model's figures are not known">
          <p>
            Paste its config.json in the first step: memory and instances follow from it. You may go on
            without sizing, and choose the instance in the step “Artefact and target”.
          </p>
        </EmptyState>
      </Panel>
    );
  return (
    <div className="space-y-5">
      <div className="grid items-start gap-5 xl:grid-cols-[22rem_minmax(0,1fr)]">
        <SizingControls
          model={model}
          sizing={plan.sizing}
          devices={shown?.devices ?? null}
          onChange={(patch) => change({ sizing: { ...plan.sizing, ...patch } })}
        />
        <div className="min-w-0 space-y-5">
          <MemoryPicture fit={shown ?? null} isProposal={instance === null} />
          <SizingFigures model={model} sizing={plan.sizing} degree={shown?.degree ?? 1} />
        </div>
      </div>
      {changes.length > 0 ? (
        <Panel title="In the configuration" bodyClassName="flex flex-wrap items-center gap-3 p-4 text-sm">
          <p className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]">
            {changes.map(({ text }) => text).join("  ")}
          </p>
          <Button onClick={() => change({ properties: written })}>Write into serving.properties</Button>
        </Panel>
      ) : null}
      <InstanceTable
        fits={fits}
        chosen={plan.instanceType}
        onChoose={(instanceType) => change({ instanceType })}
      />
    </div>
  );
}
