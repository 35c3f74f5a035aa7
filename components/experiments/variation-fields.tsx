import type { ReactNode } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icons.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ExperimentDraft } from "#lib/experiment/build-experiment.ts";
import type { Variation } from "#lib/experiment/variation.ts";

/** What is varied, how often, and how many requests go out at once. */
export function VariationFields({
  draft,
  onChange,
  problemOf,
  variation,
  seed,
  places,
}: {
  draft: ExperimentDraft;
  onChange: (change: Partial<ExperimentDraft>) => void;
  problemOf: (field: string) => string | undefined;
  variation: Variation;
  /** The seed that is set, as typed; empty where none is. */
  seed: string;
  /** Requests that the endpoint takes at once; null where its environment does not say. */
  places: number | null;
}) {
  const atOnce = Number(draft.concurrency);
  return (
    <Panel title="What is varied" bodyClassName="space-y-4 p-4">
      <Segmented
        label="Kind of experiment"
        options={[
          { value: "samples", label: "Samples" },
          { value: "sweep", label: "Temperature sweep" },
        ]}
        value={draft.kind}
        onChange={(kind) => onChange({ kind })}
      />
      {draft.kind === "samples" ? (
        <NumberField
          label="Samples"
          value={draft.samples}
          onChange={(samples) => onChange({ samples })}
          problem={problemOf("samples")}
          hint="The same prompt, this many times: 2 to 64."
        />
      ) : (
        <>
          <Field
            label="Temperatures"
            problem={problemOf("temperatures")}
            hint="2 to 16 from 0 to 2. They take the place of the temperature among the parameters."
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                className="tabular-nums"
                value={draft.temperatures}
                onChange={({ target }) => onChange({ temperatures: target.value })}
              />
            )}
          </Field>
          <NumberField
            label="Samples at each"
            value={draft.each}
            onChange={(each) => onChange({ each })}
            problem={problemOf("each")}
            hint="1 to 16. At temperature 0 every sample is the same."
          />
        </>
      )}
      {draft.kind === "samples" || variation.kind === "same" ? <VariationNote variation={variation} /> : null}
      <p className="text-xs text-muted">
        {seed.trim() === ""
          ? "Without a seed each sample is drawn anew and none can be drawn again."
          : `The seed counts up from ${seed.trim()}, one for each sample.`}
      </p>
      <NumberField
        label="Requests at once"
        value={draft.concurrency}
        onChange={(concurrency) => onChange({ concurrency })}
        problem={problemOf("concurrency")}
        help={
          <Definition term="requests at once">
            <p>
              Never more than this many requests of the experiment are open at the endpoint. More at once end
              sooner, until the container's places are taken: then they wait in its queue, and so does
              everybody else.
            </p>
            <p>
              Places: max_rolling_batch_size of the container's environment × instances, where it is set
              there.
            </p>
          </Definition>
        }
        hint={
          places === null
            ? "How many the container takes at once is not known."
            : atOnce > places
              ? `The container takes ${places} at once: the others would wait in its queue.`
              : `The container takes ${places} at once.`
        }
      />
    </Panel>
  );
}

function VariationNote({ variation: { kind, reason } }: { variation: Variation }) {
  if (kind === "varies") return <p className="text-xs text-muted">{reason}</p>;
  return (
    <p className="flex gap-2 rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn" role="status">
      <Icon name="triangle" className="mt-0.5 size-3 shrink-0" />
      <span>
        {kind === "same" ? "All samples will be the same. " : "Samples may all be the same. "}
        {reason} Samples differ only above temperature 0 and with sampling on.
      </span>
    </p>
  );
}

function NumberField({
  label,
  value,
  onChange,
  problem,
  hint,
  help,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
  hint: string;
  help?: ReactNode;
}) {
  return (
    <Field label={label} problem={problem} hint={hint} help={help}>
      {(ids) => (
        <Input
          {...ids}
          inputMode="numeric"
          className="max-w-28 tabular-nums"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
