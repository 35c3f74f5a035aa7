import { Definition } from "#components/ui/definition.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { CreateDraft } from "./create-draft.ts";

export type InstanceChoice = {
  name: string;
  family: string;
  /** Accelerators and memory, for people. */
  label: string;
  /** US dollars per instance and hour on demand in us-east-1; null where no source says. */
  pricePerHour: number | null;
};

/** Where it runs: machines, the role they act as, and how long a start may take. */
export function MachineFields({
  draft,
  instances,
  problemOf,
  onChange,
}: {
  draft: CreateDraft;
  instances: readonly InstanceChoice[];
  problemOf: (field: keyof CreateDraft) => string | undefined;
  onChange: (change: Partial<CreateDraft>) => void;
}) {
  const families = [...new Set(instances.map((instance) => instance.family))];
  return (
    <Panel title="Where it runs" bodyClassName="space-y-4 p-4">
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        <Field label="Instance type" problem={problemOf("instanceType")}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.instanceType}
              onChange={(event) => onChange({ instanceType: event.target.value })}
            >
              {draft.instanceType === "" ? <option value="">Pick one</option> : null}
              {families.map((family) => (
                <optgroup key={family} label={family}>
                  {instances
                    .filter((instance) => instance.family === family)
                    .map((instance) => (
                      <option key={instance.name} value={instance.name}>
                        {instance.name} ({instance.label})
                      </option>
                    ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Instance count" problem={problemOf("instanceCount")}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={draft.instanceCount}
              onChange={(event) => onChange({ instanceCount: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field
        label="Execution role ARN"
        problem={problemOf("executionRoleArn")}
        help={
          <Definition term="the execution role">
            <p>
              The IAM role the container acts as: it must trust sagemaker.amazonaws.com, may read the model
              from S3 and the image from ECR, and may write logs.
            </p>
          </Definition>
        }
      >
        {(ids) => (
          <Input
            {...ids}
            spellCheck={false}
            className="font-mono text-xs"
            placeholder="arn:aws:iam::…:role/…"
            value={draft.executionRoleArn}
            onChange={(event) => onChange({ executionRoleArn: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
        <Field
          label="Model data (optional)"
          problem={problemOf("modelDataUrl")}
          hint="An s3:// address of a model.tar.gz; presets load by name instead."
        >
          {(ids) => (
            <Input
              {...ids}
              spellCheck={false}
              placeholder="s3://…"
              value={draft.modelDataUrl}
              onChange={(event) => onChange({ modelDataUrl: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Start-up timeout (s)"
          problem={problemOf("startupTimeoutSeconds")}
          hint="60 to 3,600; empty: AWS's own."
        >
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={draft.startupTimeoutSeconds}
              onChange={(event) => onChange({ startupTimeoutSeconds: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}
