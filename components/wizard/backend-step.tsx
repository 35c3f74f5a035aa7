"use client";

import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { frameworksOf } from "#lib/choose/backend-catalogue.ts";
import { resolveAuto } from "#lib/choose/resolve-auto.ts";
import { backendTitle } from "#lib/lmi/backend-id.ts";
import { imageUri, LMI_REGIONS, listVersions } from "#lib/lmi/image-uri.ts";
import { parseProperties, readProperties } from "#lib/options/parse-properties.ts";
import { withBackend } from "#lib/plan/follow-tree.ts";
import { modelOfPlan } from "#lib/plan/model-of-plan.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { BackendTable } from "./backend-table.tsx";
import { MigrationPanel } from "./migration-panel.tsx";
import { SourceNote } from "./source-note.tsx";
import type { StepProps } from "./steps.ts";

const FRAMEWORKS = ["djl-lmi", "djl-deepspeed", "djl-tensorrtllm", "djl-neuronx"] as const;

/** Which program generates, in which container of which version; and the way from an older one. */
export function BackendStep({ plan, change, place }: StepProps) {
  const { backend, framework, lmiVersion, region } = plan;
  const image = imageUri({
    framework,
    version: lmiVersion,
    region,
    ...(plan.imageTag ? { tag: plan.imageTag } : {}),
  });
  const figures = modelOfPlan(plan);
  const properties = readProperties(parseProperties(plan.properties));
  const isOpen = ["auto", undefined].includes(properties["option.rolling_batch"]);
  const auto = isOpen
    ? resolveAuto({
        version: lmiVersion,
        framework,
        properties,
        architecture: figures?.architecture ?? null,
        modelType: figures?.modelType ?? null,
      })
    : null;
  const versions = FRAMEWORKS.flatMap((name) =>
    listVersions(name)
      .filter((version) => frameworksOf(backend, version).includes(name))
      .map((version) => ({ framework: name, version })),
  );

  return (
    <div className="space-y-5">
      <Panel title={`${backendTitle(backend)} in a container`} bodyClassName="space-y-4 p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Container and version">
            {(ids) => (
              <Select
                {...ids}
                value={`${framework} ${lmiVersion}`}
                onChange={(event) => {
                  const chosen = versions.find(
                    (each) => `${each.framework} ${each.version}` === event.target.value,
                  );
                  if (chosen) change(withBackend(plan, { backend, ...chosen }));
                }}
              >
                {versions.some(
                  (each) => each.framework === framework && each.version === lmiVersion,
                ) ? null : (
                  <option value={`${framework} ${lmiVersion}`}>
                    {framework} {lmiVersion} (does not have it)
                  </option>
                )}
                {versions.toReversed().map((each) => (
                  <option
                    key={`${each.framework} ${each.version}`}
                    value={`${each.framework} ${each.version}`}
                  >
                    {each.framework} {each.version}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="Region"
            hint={
              region === place.region
                ? "The one Sagescope is connected to."
                : `Sagescope is connected to ${place.region} and deploys there alone; for ${region} export the plan.`
            }
          >
            {(ids) => (
              <Select {...ids} value={region} onChange={(event) => change({ region: event.target.value })}>
                {LMI_REGIONS.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        {image.ok ? (
          <p className="rounded-lg bg-sunken px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]">
            {image.value}
          </p>
        ) : (
          <FailureNotice failure={image.failure} />
        )}
        {auto ? (
          <div className="text-sm">
            <p className="flex items-center gap-1">
              With this configuration it runs {backendTitle(auto.backend)}, engine {auto.engine},
              rolling_batch {auto.rollingBatch}
              {auto.handlerChoice === auto.rollingBatch ? "" : ` (the handler takes ${auto.handlerChoice})`}.
              <SourceNote sources={[auto.source]}>
                <p>{auto.rule}</p>
              </SourceNote>
            </p>
            {auto.warnings.map((warning) => (
              <p key={warning} className="text-warn">
                {warning}
              </p>
            ))}
          </div>
        ) : null}
      </Panel>
      <BackendTable plan={plan} onChoose={(patch: Plan) => change(patch)} />
      <MigrationPanel plan={plan} change={change} />
    </div>
  );
}
