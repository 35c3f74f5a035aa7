"use client";

import { Field, TextArea } from "#components/ui/field.tsx";
import { PromptVariables } from "./prompt-variables.tsx";
import { type TemplateActions, Templates } from "./templates.tsx";
import { useDraft } from "./use-draft.ts";

// What shows the prompt follows it by itself: a keystroke draws these again, and not the page around them.

/** The prompt, or a chat's next message. */
export function PromptField({
  isChat,
  problem,
  onChange,
}: {
  isChat: boolean;
  problem: string | undefined;
  onChange: (prompt: string) => void;
}) {
  const [prompt] = useDraft("prompt");
  return (
    <Field label={isChat ? "Message" : "Prompt"} problem={problem}>
      {(ids) => (
        <TextArea
          {...ids}
          className="h-28 min-h-28 resize-y lg:h-44"
          placeholder={isChat ? "Say something to the model." : "Ask something, or pick an example."}
          value={prompt}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Fields for the variables of the prompt as it stands. */
export function VariablesOfPrompt(rest: Omit<Parameters<typeof PromptVariables>[0], "prompt">) {
  const [prompt] = useDraft("prompt");
  return <PromptVariables prompt={prompt} {...rest} />;
}

/** Templates, to which the prompt as it stands can be added. */
export function TemplatesOfPrompt(rest: { onPick: (body: string) => void; actions: TemplateActions }) {
  const [prompt] = useDraft("prompt");
  return <Templates prompt={prompt} {...rest} />;
}
