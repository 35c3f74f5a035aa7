"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import type { Failure, Result } from "#lib/failure.ts";
import { ContainerFields } from "./container-fields.tsx";
import { CostEstimate } from "./cost-estimate.tsx";
import { type CreateDraft, createInput, fillFromPreset, type PresetChoice } from "./create-draft.ts";
import { type InstanceChoice, MachineFields } from "./machine-fields.tsx";

export type CreateEndpointAction = (input: unknown) => Promise<Result<{ name: string }>>;

/** One model behind one address: what it runs, where, and what that costs, before anything is made. */
export function CreateEndpointForm({
  presets,
  instances,
  suggestedRole,
  isLocal,
  action,
}: {
  presets: readonly PresetChoice[];
  instances: readonly InstanceChoice[];
  suggestedRole: string;
  isLocal: boolean;
  action: CreateEndpointAction;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<CreateDraft>(() => firstDraft(presets, suggestedRole));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();
  const preset = presets.find((each) => each.id === draft.preset);
  const instance = instances.find((each) => each.name === draft.instanceType);

  function change(next: Partial<CreateDraft>) {
    setFailure(null);
    setDraft({ ...draft, ...next });
  }

  function submit() {
    const input = createInput(draft, preset);
    if (!input.ok) return setFailure(input.failure);
    startTransition(async () => {
      const outcome = await action(input.value);
      if (!outcome.ok) return setFailure(outcome.failure);
      await queries.invalidateQueries({ queryKey: ["endpoints"] });
      router.push(`/endpoints/${encodeURIComponent(outcome.value.name)}`);
    });
  }

  function problemOf(field: keyof CreateDraft): string | undefined {
    const at = failure?.field;
    if (at === undefined || (at !== field && !at.startsWith(`${field}.`))) return undefined;
    return failure?.message;
  }

  return (
    <form
      aria-label="Create endpoint"
      noValidate
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="min-w-0 space-y-5">
        <ContainerFields
          draft={draft}
          preset={preset}
          presets={presets}
          problemOf={problemOf}
          onChange={change}
          onPreset={(chosen) => {
            setFailure(null);
            setDraft(chosen ? fillFromPreset(draft, chosen) : { ...draft, preset: "" });
          }}
        />
        <MachineFields draft={draft} instances={instances} problemOf={problemOf} onChange={change} />
      </div>
      <div className="space-y-4 lg:sticky lg:top-4">
        <CostEstimate instance={instance} count={Number(draft.instanceCount)} isLocal={isLocal} />
        {failure ? <FailureNotice failure={failure} /> : null}
        <div className="flex gap-2">
          <Button look="primary" type="submit" className="flex-1" disabled={pending}>
            {pending ? "Creating…" : "Create endpoint"}
          </Button>
          <Link href="/endpoints" className={buttonClass()}>
            Cancel
          </Link>
        </div>
      </div>
    </form>
  );
}

function firstDraft(presets: readonly PresetChoice[], suggestedRole: string): CreateDraft {
  const draft: CreateDraft = {
    endpointName: "",
    preset: "",
    image: "",
    environment: "",
    instanceType: "",
    instanceCount: "1",
    executionRoleArn: suggestedRole,
    modelDataUrl: "",
    startupTimeoutSeconds: "",
  };
  const first = presets.find((preset) => preset.image !== null);
  return first ? fillFromPreset(draft, first) : draft;
}
