"use client";

import { ArtefactFields } from "./artefact-fields.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { LifeFields } from "./life-fields.tsx";
import type { StepProps } from "./steps.ts";
import { TargetFields } from "./target-fields.tsx";

/** What is handed to SageMaker, where it runs, and the same as programs to take away. */
export function TargetStep(props: StepProps) {
  return (
    <div className="space-y-5">
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <ArtefactFields {...props} />
        <div className="space-y-5">
          <TargetFields {...props} />
          <LifeFields {...props} />
        </div>
      </div>
      <ExportPanel plan={props.plan} />
    </div>
  );
}
