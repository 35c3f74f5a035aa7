"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { flushSync } from "react-dom";
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
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const [pending, startTransition] = useTransition();
  const preset = presets.find((each) => each.id === draft.preset);
  const instance = instances.find((each) => each.name === draft.instanceType);

  function change(next: Partial<CreateDraft>) {
    // What was just corrected is no longer complained of; the other fields still are.
    setFailures(failures.filter(({ field }) => field !== undefined && !(rootOf(field) in next)));
    setDraft({ ...draft, ...next });
  }

  function refuse(reasons: readonly Failure[]) {
    flushSync(() => setFailures(reasons));
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }

  function submit() {
    const input = createInput(draft, preset);
    if (!input.ok) return refuse(input.failures);
    startTransition(async () => {
      const outcome = await action(input.value);
      if (!outcome.ok) return setFailures([outcome.failure]);
      await queries.invalidateQueries({ queryKey: ["endpoints"] });
      router.push(`/endpoints/${encodeURIComponent(outcome.value.name)}`);
    });
  }

  function problemOf(field: keyof CreateDraft): string | undefined {
    return failures.find((failure) => failure.field !== undefined && rootOf(failure.field) === field)
      ?.message;
  }

  return (
    <form
      ref={form}
      aria-label="Create endpoint"
      noValidate
      className="grid max-w-6xl items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]"
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
            setFailures([]);
            setDraft(chosen ? fillFromPreset(draft, chosen) : { ...draft, preset: "" });
          }}
        />
        <MachineFields draft={draft} instances={instances} problemOf={problemOf} onChange={change} />
      </div>
      <div className="space-y-4 lg:sticky lg:top-4">
        <CostEstimate instance={instance} count={Number(draft.instanceCount)} isLocal={isLocal} />
        {failures.length > 0 ? <FailureNotice failure={summaryOf(failures)} /> : null}
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

/** The field of the form that a dotted path leads into. */
function rootOf(path: string): string {
  return path.split(".")[0] ?? path;
}

/** One thing in full; several by their number, since each is told where it is to be corrected. */
function summaryOf(failures: readonly Failure[]): Failure {
  const [first] = failures;
  if (failures.length === 1 && first) return first;
  return {
    code: "invalid",
    message: `${failures.length} fields need another look.`,
    hint: "Each says what is wrong with it. Nothing was created.",
  };
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
