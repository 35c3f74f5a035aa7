"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Failure, Result } from "#lib/failure.ts";
import { type PromptTemplate, templatesQuery } from "./queries.ts";

export type TemplateActions = {
  save: (input: unknown) => Promise<Result<{ id: string }>>;
  remove: (input: unknown) => Promise<Result<{ id: string }>>;
};

const SILENT: Failure = {
  code: "unreachable",
  message: "The Sagescope server does not answer.",
  hint: "Check the terminal in which it runs, then try again. Your prompt is still in its field.",
};

/** Prompts that are kept under a name, with `{{variables}}` to fill in. */
export function Templates({
  prompt,
  onPick,
  actions,
}: {
  prompt: string;
  onPick: (body: string) => void;
  actions: TemplateActions;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setOpen(true)}>
        Templates
      </Button>
      <Dialog title="Prompt templates" open={open} onClose={() => setOpen(false)}>
        <TemplateList
          prompt={prompt}
          actions={actions}
          onPick={(body) => {
            onPick(body);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

function TemplateList({ prompt, onPick, actions }: Parameters<typeof Templates>[0]) {
  const client = useQueryClient();
  const { data, isPending, isError } = useQuery(templatesQuery);
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);

  async function change(action: Promise<Result<{ id: string }>>) {
    const result = await action.catch(() => ({ ok: false as const, failure: SILENT }));
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setName("");
    await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
  }
  function keep() {
    const known = data?.ok ? data.value.find((template) => template.name === name.trim()) : undefined;
    void change(actions.save({ id: known?.id ?? crypto.randomUUID(), name, body: prompt }));
  }

  const canKeep = name.trim() !== "" && prompt.trim() !== "";
  if (isPending) return <Skeleton label="Loading the templates" rows={3} />;
  if (isError) return <FailureNotice failure={SILENT} />;
  if (!data.ok) return <FailureNotice failure={data.failure} />;
  return (
    <>
      {data.value.length === 0 ? (
        <p className="text-muted">
          None yet. Write a prompt with variables such as <code>{"{{topic}}"}</code>, then keep it here.
        </p>
      ) : (
        <ul aria-label="Templates" className="divide-y divide-line">
          {data.value.map((template) => (
            <Row
              key={template.id}
              template={template}
              onPick={onPick}
              onRemove={() => change(actions.remove(template.id))}
            />
          ))}
        </ul>
      )}
      {/* No form of its own: it stands in the prompt's form, and forms cannot be nested. */}
      <div className="flex items-end gap-2 border-t border-line pt-3">
        <Field label="Keep the present prompt as" className="flex-1" problem={failure?.message}>
          {(ids) => (
            <Input
              {...ids}
              value={name}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                if (canKeep) keep();
              }}
            />
          )}
        </Field>
        <Button disabled={!canKeep} onClick={keep}>
          Keep
        </Button>
      </div>
    </>
  );
}

function Row({
  template,
  onPick,
  onRemove,
}: {
  template: PromptTemplate;
  onPick: (body: string) => void;
  onRemove: () => void;
}) {
  return (
    <li className="flex items-center gap-2 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{template.name}</p>
        <p className="truncate text-xs text-muted" dir="auto">
          {template.body}
        </p>
      </div>
      <Button size="small" onClick={() => onPick(template.body)} aria-label={`Use ${template.name}`}>
        Use
      </Button>
      <Button size="small" look="quiet" onClick={onRemove} aria-label={`Delete ${template.name}`}>
        Delete
      </Button>
    </li>
  );
}
