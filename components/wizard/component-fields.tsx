"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { endpointQuery, endpointsQuery } from "#components/endpoints/queries.ts";
import type { EndpointDetail } from "#lib/endpoint/endpoint.ts";
import { nameProblem } from "#lib/endpoint/endpoint-name.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { NumberField } from "./number-field.tsx";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** An inference component: the endpoint it goes onto, and what it takes of that one's machines. */
export function ComponentFields({ plan, change }: Pick<StepProps, "plan" | "change">) {
  const list = useId();
  const variantList = useId();
  const { target, endpointName } = plan;
  const { data } = useQuery(endpointsQuery);
  const listed = data && !data.failure ? data.endpoints : null;
  const isListed = listed?.some(({ name }) => name === endpointName) ?? false;
  const detail = useQuery({ ...endpointQuery(endpointName), enabled: isListed }).data;
  const host = isListed && detail?.ok ? detail.value : null;
  if (target.kind !== "component") return null;
  const set = (patch: Partial<Extract<Plan["target"], { kind: "component" }>>) =>
    change({ target: { ...target, ...patch } });
  return (
    <div className="space-y-4">
      <TextField
        label="Endpoint"
        list={list}
        hint="It must be in service and made for components: its variants have no model of their own."
        placeholder="Choose one that is there"
        problem={
          endpointName === ""
            ? null
            : (nameProblem(endpointName) ??
              (listed && !isListed ? `There is no endpoint called ${endpointName}.` : hostProblem(host)))
        }
        value={endpointName}
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
          list={variantList}
          problem={
            host && !host.variants.some(({ name }) => name === target.variantName)
              ? `${host.name} has ${host.variants.map(({ name }) => name).join(", ")}.`
              : null
          }
          value={target.variantName}
          onChange={(variantName) => set({ variantName: variantName.slice(0, 63) })}
        />
      </div>
      <datalist id={variantList}>
        {(host?.variants ?? []).map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
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

/** Said as soon as it is chosen, and not only before money is spent. */
function hostProblem(host: EndpointDetail | null): string | null {
  if (!host) return null;
  if (host.variants.every(({ modelName }) => modelName !== null))
    return `${host.name} serves a model of its own and takes no components.`;
  return host.status === "InService"
    ? null
    : `${host.name} is ${host.status}; a component needs it in service.`;
}
