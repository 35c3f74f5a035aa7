import { Definition } from "#components/ui/definition.tsx";
import { Field, Input, Select, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { CreateDraft, PresetChoice } from "./create-draft.ts";

/** What runs: a name, a preset to start from, and the container it fills in, all editable. */
export function ContainerFields({
  draft,
  preset,
  presets,
  problemOf,
  onChange,
  onPreset,
}: {
  draft: CreateDraft;
  preset: PresetChoice | undefined;
  presets: readonly PresetChoice[];
  problemOf: (field: keyof CreateDraft) => string | undefined;
  onChange: (change: Partial<CreateDraft>) => void;
  onPreset: (preset: PresetChoice | undefined) => void;
}) {
  const unavailable = presets.filter((each) => each.refusal !== null);
  return (
    <Panel title="What runs" bodyClassName="space-y-4 p-4">
      <Field
        label="Endpoint name"
        problem={problemOf("endpointName")}
        hint="Letters, digits and single hyphens, at most 63 characters."
      >
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            spellCheck={false}
            placeholder="my-endpoint"
            value={draft.endpointName}
            onChange={(event) => onChange({ endpointName: event.target.value })}
          />
        )}
      </Field>
      <Field label="Model preset" hint={preset?.description ?? "Everything below is yours to fill in."}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.preset}
            onChange={(event) => onPreset(presets.find((each) => each.id === event.target.value))}
          >
            {presets.map((each) => (
              <option key={each.id} value={each.id} disabled={each.image === null}>
                {each.title}
                {each.image === null ? " (not in this region)" : ""}
              </option>
            ))}
            <option value="">My own image and environment</option>
          </Select>
        )}
      </Field>
      {unavailable.length > 0 ? (
        <ul className="space-y-1 text-xs text-muted">
          {unavailable.map((each) => (
            <li key={each.id}>
              {each.title}: {each.refusal}
            </li>
          ))}
        </ul>
      ) : null}
      <Field label="Image" problem={problemOf("image")}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            spellCheck={false}
            className="field-sizing-content min-h-14 font-mono text-xs"
            placeholder="763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:…"
            value={draft.image}
            onChange={(event) => onChange({ image: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Environment"
        problem={problemOf("environment")}
        hint={
          preset && preset.wanted.length > 0
            ? preset.wanted.map(({ name, hint }) => `${name}: ${hint}`).join(" ")
            : "One NAME=value a line."
        }
        help={
          <Definition term="the environment">
            <p>
              LMI containers read their configuration from variables: HF_MODEL_ID names the model, and
              OPTION_… each option that serving.properties would set with option.….
            </p>
          </Definition>
        }
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={Math.max(4, draft.environment.split("\n").length + 1)}
            spellCheck={false}
            className="font-mono text-xs"
            value={draft.environment}
            onChange={(event) => onChange({ environment: event.target.value })}
          />
        )}
      </Field>
    </Panel>
  );
}
