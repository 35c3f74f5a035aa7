"use client";

import { Field, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { nameProblem } from "#lib/endpoint/endpoint-name.ts";
import { findInstanceType, INSTANCE_TYPES } from "#lib/lmi/instance-types.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { ComponentFields } from "./component-fields.tsx";
import { formatPrice } from "./format-figure.ts";
import { NumberField } from "./number-field.tsx";
import { RoleField } from "./role-field.tsx";
import type { StepProps } from "./steps.ts";
import { TextField } from "./text-field.tsx";

/** An endpoint of its own, or a component on one that is there; on which machine, as which role. */
export function TargetFields({ plan, change }: Omit<StepProps, "place">) {
  const isComponent = plan.target.kind === "component";
  const instance = findInstanceType(plan.instanceType);
  const families = [...new Set(INSTANCE_TYPES.map(({ family }) => family))];
  return (
    <Panel title="Where it runs" bodyClassName="space-y-4 p-4">
      <Segmented
        label="Target"
        value={plan.target.kind}
        options={[
          { value: "endpoint", label: "New endpoint" },
          { value: "component", label: "Component on an endpoint" },
        ]}
        onChange={(kind) =>
          change(
            kind === plan.target.kind ? {} : kind === "endpoint" ? backToEndpoint(plan) : toComponent(plan),
          )
        }
      />
      {isComponent ? (
        <ComponentFields plan={plan} change={change} />
      ) : (
        <>
          <TextField
            label="Endpoint name"
            problem={plan.endpointName === "" ? null : nameProblem(plan.endpointName)}
            hint="Letters, digits and single hyphens, at most 63 characters."
            placeholder="my-endpoint"
            value={plan.endpointName}
            onChange={(endpointName) => change({ endpointName: endpointName.slice(0, 63) })}
          />
          <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
            <Field label="Instance type" hint={instance ? priceWords(instance.pricePerHour) : undefined}>
              {(ids) => (
                <Select
                  {...ids}
                  value={plan.instanceType}
                  onChange={(event) => change({ instanceType: event.target.value })}
                >
                  {instance ? null : (
                    <option value={plan.instanceType}>{plan.instanceType || "Pick one"}</option>
                  )}
                  {families.map((family) => (
                    <optgroup key={family} label={family}>
                      {INSTANCE_TYPES.filter((type) => type.family === family).map(
                        ({ name, accelerator, acceleratorCount }) => (
                          <option key={name} value={name}>
                            {name}
                            {accelerator ? ` (${acceleratorCount ?? "?"} × ${accelerator})` : ""}
                          </option>
                        ),
                      )}
                    </optgroup>
                  ))}
                </Select>
              )}
            </Field>
            <NumberField
              label="Instances"
              value={plan.instanceCount}
              least={1}
              most={100}
              onChange={(instanceCount) => change({ instanceCount })}
            />
          </div>
        </>
      )}
      <RoleField plan={plan} change={change} />
    </Panel>
  );
}

/** The plan's own name is the component's from then on: the endpoint is one that is there, and nobody chose it yet. */
function toComponent({ endpointName, sizing }: Plan): Partial<Plan> {
  return {
    endpointName: "",
    target: {
      kind: "component",
      componentName: endpointName,
      variantName: "AllTraffic",
      copies: 1,
      accelerators: typeof sizing.degree === "number" ? sizing.degree : 1,
      memoryMb: 4_096,
    },
  };
}

function backToEndpoint({ target, endpointName }: Plan): Partial<Plan> {
  const name = target.kind === "component" ? target.componentName : endpointName;
  return { endpointName: name, target: { kind: "endpoint" } };
}

function priceWords(perHour: number | null): string {
  return perHour === null
    ? "What it costs an hour is not known."
    : `${formatPrice(perHour)} per instance and hour in us-east-1.`;
}
