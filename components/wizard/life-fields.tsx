"use client";

import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { NumberField } from "./number-field.tsx";
import type { StepProps } from "./steps.ts";

const HOURS = [1, 2, 4, 8, 12, 24, 72, 168];

/** How long a start may take, how long it is meant to live, and what it is labelled with. */
export function LifeFields({ plan, change }: StepProps) {
  const hours = plan.expiresAfterHours;
  const choices = [...new Set([...HOURS, ...(hours === null ? [] : [hours])])].toSorted(
    (left, right) => left - right,
  );
  return (
    <Panel title="Time and tags" bodyClassName="space-y-4 p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="Health check ends after (s)"
          value={plan.startupTimeoutSeconds}
          least={60}
          most={3_600}
          help={
            <Definition term="the health check">
              <p>
                ContainerStartupHealthCheckTimeoutInSeconds: SageMaker stops a container that has not answered
                its ping by then. AWS allows an hour at most.
              </p>
            </Definition>
          }
          onChange={(startupTimeoutSeconds) => change({ startupTimeoutSeconds })}
        />
        <NumberField
          label="Download ends after (s)"
          value={plan.downloadTimeoutSeconds}
          least={60}
          most={3_600}
          onChange={(downloadTimeoutSeconds) => change({ downloadTimeoutSeconds })}
        />
      </div>
      <Field label="Due to go after" hint="Written as a tag, so that a forgotten endpoint is found again.">
        {(ids) => (
          <Select
            {...ids}
            value={hours === null ? "" : String(hours)}
            onChange={(event) =>
              change({ expiresAfterHours: event.target.value === "" ? null : Number(event.target.value) })
            }
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice < 24 || choice % 24 !== 0
                  ? `${choice} hour${choice === 1 ? "" : "s"}`
                  : `${choice / 24} day${choice === 24 ? "" : "s"}`}
              </option>
            ))}
            <option value="">Never: it stays until somebody deletes it</option>
          </Select>
        )}
      </Field>
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">Tags</legend>
        {plan.tags.map((tag, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tag has no identity but its place.
          <div key={index} className="flex gap-2">
            <Input
              aria-label={`Key of tag ${index + 1}`}
              placeholder="key"
              maxLength={128}
              value={tag.key}
              onChange={(event) =>
                change({ tags: plan.tags.with(index, { ...tag, key: event.target.value }) })
              }
            />
            <Input
              aria-label={`Value of tag ${index + 1}`}
              placeholder="value"
              maxLength={256}
              value={tag.value}
              onChange={(event) =>
                change({ tags: plan.tags.with(index, { ...tag, value: event.target.value }) })
              }
            />
            <Button
              aria-label={`Remove tag ${index + 1}`}
              onClick={() => change({ tags: plan.tags.toSpliced(index, 1) })}
            >
              Remove
            </Button>
          </div>
        ))}
        <Button
          size="small"
          disabled={plan.tags.length >= 40}
          onClick={() => change({ tags: [...plan.tags, { key: "", value: "" }] })}
        >
          Add a tag
        </Button>
      </fieldset>
    </Panel>
  );
}
