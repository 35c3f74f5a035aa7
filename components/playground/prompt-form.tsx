"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Failure } from "#lib/failure.ts";
import type { AutoContinueDraft } from "#lib/run/auto-continue-draft.ts";
import type { RequestFormat } from "#lib/run/build-request.ts";
import type { ParameterDraft } from "#lib/run/parameter-draft.ts";
import { AutoContinue } from "./auto-continue.tsx";
import { EndpointPicker } from "./endpoint-picker.tsx";
import { ExamplePrompts } from "./example-prompts.tsx";
import { ParameterForm } from "./parameter-form.tsx";
import { PromptField, VariablesOfPrompt } from "./prompt-field.tsx";
import { RequestFormatFields } from "./request-format-fields.tsx";
import type { MODES } from "./search-params.ts";
import { useRequestManner } from "./use-request-manner.ts";

type Mode = (typeof MODES)[number];

/** The form but for the prompt itself, which is kept as a draft by its name. */
export type PromptDraft = {
  endpoint: string;
  /** What stands for each `{{variable}}` of the prompt. */
  variables: Readonly<Record<string, string>>;
  parameters: ParameterDraft;
  format: RequestFormat;
  autoContinue: AutoContinueDraft;
};

/** What to ask, of whom, and how. */
export function PromptForm({
  draft,
  onChange,
  failures,
  running,
  isIdle,
  onRun,
  onStop,
  mode,
  onMode,
  chat,
  sendsMessages,
  tools,
  many,
}: {
  draft: PromptDraft;
  onChange: (change: Partial<PromptDraft & { prompt: string }>) => void;
  failures: readonly Failure[];
  running: boolean;
  /** Whether there is no answer yet. */
  isIdle: boolean;
  onRun: () => void;
  onStop: () => void;
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** What a chat has besides its next message. */
  chat: ReactNode;
  /** Whether a chat goes out as messages, not as text. */
  sendsMessages: boolean;
  /** What else can be done instead of typing a prompt. */
  tools: ReactNode;
  /** Ways to ask it more than once. */
  many: ReactNode;
}) {
  // On narrow pages the answer should follow the prompt; wide ones always show the parameters.
  const [open, setOpen] = useState(false);
  const { manner, choice } = useRequestManner({ ...draft, hasMessages: sendsMessages });
  const shown =
    open || failures.some(({ field }) => !["prompt", "endpointName", "variables"].includes(field ?? ""));
  function problemOf(field: string) {
    return failures.find((failure) => failure.field === field)?.message;
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    onRun();
  }
  return (
    <form aria-label="Prompt and parameters" onSubmit={submit} className="space-y-4" noValidate>
      <Panel bodyClassName="space-y-4 p-4">
        <EndpointPicker
          value={draft.endpoint}
          onChange={(endpoint) => onChange({ endpoint })}
          problem={problemOf("endpointName")}
        />
        <Segmented
          label="Mode"
          options={[
            { value: "prompt", label: "Prompt" },
            { value: "chat", label: "Chat" },
          ]}
          value={mode}
          onChange={onMode}
        />
        {mode === "chat" ? chat : null}
        <div>
          <PromptField
            isChat={mode === "chat"}
            problem={problemOf("prompt")}
            onChange={(prompt) => onChange({ prompt })}
          />
          <div className="mt-1.5">
            <ExamplePrompts isIdle={isIdle} onPick={(prompt) => onChange({ prompt })} />
            <div className="-mx-2 mt-1 flex flex-wrap items-center gap-1">{tools}</div>
          </div>
        </div>
        <VariablesOfPrompt
          values={draft.variables}
          onChange={(variables) => onChange({ variables })}
          problem={problemOf("variables")}
        />
        <div className="flex gap-2">
          <Button
            look="primary"
            type="submit"
            className="flex-1 aria-disabled:opacity-50"
            aria-disabled={running}
            aria-keyshortcuts="Control+Enter"
          >
            {mode === "chat" ? "Send" : "Run"} <KeyHint keys="Ctrl ↵" />
          </Button>
          <Button className="flex-1" onClick={onStop} disabled={!running} aria-keyshortcuts="Escape">
            Stop <KeyHint keys="Esc" />
          </Button>
        </div>
        {many}
      </Panel>
      <Panel
        title="Parameters"
        aside={
          <Button
            look="quiet"
            size="small"
            className="lg:hidden"
            aria-expanded={shown}
            aria-label="Parameters"
            onClick={() => setOpen(!open)}
          >
            {shown ? "Hide" : "Show"}
          </Button>
        }
        bodyClassName={classNames("space-y-4 p-4", !shown && "hidden lg:block")}
      >
        <ParameterForm
          draft={draft.parameters}
          onChange={(parameters) => onChange({ parameters })}
          failures={failures}
          manner={manner}
        />
        <RequestFormatFields
          format={draft.format}
          onChange={(format) => onChange({ format })}
          choice={choice}
          problem={problemOf("extraParameters") ?? problemOf("dialect")}
        />
        <AutoContinue draft={draft.autoContinue} onChange={(autoContinue) => onChange({ autoContinue })} />
      </Panel>
    </form>
  );
}

function KeyHint({ keys }: { keys: string }) {
  return (
    <span
      aria-hidden="true"
      className="hidden rounded border border-current/30 px-1 font-mono text-[0.625rem] sm:inline"
    >
      {keys}
    </span>
  );
}
