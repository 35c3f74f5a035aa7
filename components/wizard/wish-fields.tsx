import type { ReactNode } from "react";
import { Field, Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Plan } from "#lib/plan/plan.ts";

type Wish = Plan["wish"];

const TASKS: readonly { value: Wish["task"]; label: string }[] = [
  { value: "chat", label: "Chat and open-ended generation" },
  { value: "code", label: "Code" },
  { value: "summarization", label: "Summarisation" },
  { value: "extraction", label: "Extraction" },
  { value: "embedding", label: "Embedding" },
  { value: "other", label: "Another Transformers task" },
];

/** What it is for, in a person's words; the tree's questions are answered from it. */
export function WishFields({ wish, onChange }: { wish: Wish; onChange: (wish: Partial<Wish>) => void }) {
  return (
    <Panel title="What it is for" bodyClassName="flex flex-wrap items-end gap-x-6 gap-y-4 p-4">
      <Field label="Task" className="w-full sm:w-72">
        {(ids) => (
          <Select
            {...ids}
            value={wish.task}
            onChange={(event) => {
              const task = TASKS.find(({ value }) => value === event.target.value);
              if (task) onChange({ task: task.value });
            }}
          >
            {TASKS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Choice label="Lengths of prompts and answers">
        <Segmented
          label="Lengths of prompts and answers"
          value={wish.traffic ?? "derived"}
          options={[
            { value: "derived", label: "As the task" },
            { value: "even", label: "Even" },
            { value: "uneven", label: "Uneven" },
          ]}
          onChange={(value) => onChange({ traffic: value === "derived" ? null : value })}
        />
      </Choice>
      <Choice label="Hardware">
        <Segmented
          label="Hardware"
          value={wish.hardware}
          options={[
            { value: "gpu", label: "NVIDIA GPU" },
            { value: "inferentia", label: "Inferentia2" },
          ]}
          onChange={(hardware) => onChange({ hardware })}
        />
      </Choice>
      <label className="flex items-center gap-2 pb-1 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={wish.needsLmiDistFeature}
          onChange={(event) => onChange({ needsLmiDistFeature: event.target.checked })}
        />
        Several nodes, or pipeline and tensor parallelism with a draft model
      </label>
    </Panel>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p aria-hidden="true" className="mb-1 text-sm font-medium">
        {label}
      </p>
      {children}
    </div>
  );
}
