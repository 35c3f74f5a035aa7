import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { ClassificationDraft } from "#lib/experiment/build-classification.ts";
import { parameterSupport, type RequestManner } from "#lib/wire/parameters.ts";
import { DEFINITIONS } from "./number-words.ts";

/** How labels get their probabilities, and how the requests go out. */
export function ScoringFields({
  draft,
  manner,
  requests,
  onChange,
  problemOf,
}: {
  draft: ClassificationDraft;
  manner: RequestManner;
  requests: number | null;
  onChange: (change: {
    scoring?: ClassificationDraft["scoring"];
    tokens?: string;
    rowsAtOnce?: string;
    split?: string;
    chat?: boolean;
  }) => void;
  problemOf: (field: string) => string | undefined;
}) {
  const isForced = draft.scoring === "forced";
  // A label goes behind a text in the LMI schema, whatever alternatives would be asked for in.
  const lmi: RequestManner = {
    ...manner,
    dialect: manner.facts.mode === "async" ? "lmi-async" : "lmi",
    stream: false,
  };
  const forced = parameterSupport("promptTokens", lmi);
  return (
    <Panel title="Scoring" bodyClassName="space-y-4 p-4">
      <Segmented
        label="How labels are scored"
        options={[
          { value: "alternatives", label: "By the answer" },
          { value: "forced", label: "Force each label" },
        ]}
        value={draft.scoring}
        onChange={(scoring) => onChange({ scoring })}
      />
      <p className="text-xs text-muted">
        {isForced
          ? `Every way to write a label is sent behind the prompt, and its own tokens are scored: exact, nothing unseen, and ${requests === null ? "a request for each" : `${requests.toLocaleString("en")} requests`}. Leave out the variants you do not need.`
          : "One request a row. What the model weighed where its answer begins is read; what lies beyond twenty alternatives stays unseen."}
      </p>
      {isForced && !forced.isKnown ? (
        <p role="status" className="rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">
          This endpoint is not known to send log probabilities of a prompt. {forced.reason}
        </p>
      ) : null}
      {isForced ? null : (
        <>
          <label className="flex cursor-pointer items-start gap-2 text-sm">
            <input
              type="checkbox"
              checked={draft.asChat}
              onChange={({ target }) => onChange({ chat: target.checked })}
              className="mt-1 accent-(--accent)"
            />
            Send the prompt as a chat's message
          </label>
          <NumberField
            label="New tokens"
            value={draft.maxNewTokens}
            onChange={(tokens) => onChange({ tokens })}
            problem={problemOf("maxNewTokens")}
            hint="Enough for the longest label; more where a model thinks first."
          />
        </>
      )}
      <NumberField
        label="Requests at once"
        value={draft.concurrency}
        onChange={(rowsAtOnce) => onChange({ rowsAtOnce })}
        problem={problemOf("concurrency")}
        hint="More at once wait in the container's queue, and so does everybody else."
      />
      <NumberField
        label="Seed of the split"
        value={draft.seed}
        onChange={(split) => onChange({ split })}
        problem={problemOf("seed")}
        hint="Decides which half of the rows a temperature is fitted to. From 30 rows on."
        term={DEFINITIONS.temperature}
      />
    </Panel>
  );
}

function NumberField({
  label,
  value,
  onChange,
  problem,
  hint,
  term,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
  hint: string;
  term?: string;
}) {
  return (
    <Field
      label={label}
      problem={problem}
      hint={hint}
      help={
        term ? (
          <Definition term="the fitted temperature">
            <p>{term}</p>
          </Definition>
        ) : null
      }
    >
      {(ids) => (
        <Input
          {...ids}
          inputMode="numeric"
          className="max-w-32 tabular-nums"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
