"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { endpointsQuery } from "#components/endpoints/queries.ts";
import { nameProblem } from "#lib/endpoint/endpoint-name.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { NumberField } from "./number-field.tsx";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** An inference component: the endpoint it goes onto, and what it takes of that one's machines. */
export function ComponentFields({ plan, change }: Pick<StepProps, "plan" | "change">) {
  const list = useId();
  const { data } = useQuery(endpointsQuery);
  const { target } = plan;
  if (target.kind !== "component") return null;
  const set = (patch: Partial<Extract<Plan["target"], { kind: "component" }>>) =>
    change({ target: { ...target, ...patch } });
  return (
    <div className="space-y-4">
      <TextField
        label="Endpoint"
        list={list}
        hint="It must be in service and made for components: its variants have no model of their own."
        problem={plan.endpointName === "" ? null : nameProblem(plan.endpointName)}
        value={plan.endpointName}
        onChange={(endpointName) => change({ endpointName: endpointName.slice(0, 63) })}
      />
      <datalist id={list}>
        {(data?.endpoints ?? []).map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Component name"
          problem={target.componentName === "" ? null : nameProblem(target.componentName)}
          value={target.componentName}
          onChange={(componentName) => set({ componentName: componentName.slice(0, 63) })}
        />
        <TextField
          label="Variant"
          value={target.variantName}
          onChange={(variantName) => set({ variantName: variantName.slice(0, 63) })}
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField
          label="Copies"
          value={target.copies}
          least={0}
          most={100}
          onChange={(copies) => set({ copies })}
        />
        <NumberField
          label="Accelerators each"
          value={target.accelerators}
          least={1}
          most={64}
          onChange={(accelerators) => set({ accelerators })}
        />
        <NumberField
          label="Memory each, MB"
          value={target.memoryMb}
          least={128}
          most={4_000_000}
          onChange={(memoryMb) => set({ memoryMb })}
        />
      </div>
    </div>
  );
}
