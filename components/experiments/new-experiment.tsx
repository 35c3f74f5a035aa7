"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChatFields } from "#components/conversation/chat-fields.tsx";
import { AutoContinue } from "#components/playground/auto-continue.tsx";
import { EndpointPicker } from "#components/playground/endpoint-picker.tsx";
import { ParameterForm } from "#components/playground/parameter-form.tsx";
import { PromptVariables } from "#components/playground/prompt-variables.tsx";
import { RequestFormatFields } from "#components/playground/request-format-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ASK_ABOVE } from "#lib/experiment/estimate.ts";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import type { Failure } from "#lib/failure.ts";
import { CostGuard, EstimateFacts } from "./cost-guard.tsx";
import { experimentQuery, startExperiment } from "./queries.ts";
import { useExperimentForm } from "./use-experiment-form.ts";
import { VariationFields } from "./variation-fields.tsx";

/** Asks one question many times: what, of whom, how varied, and what it takes before it begins. */
export function NewExperiment() {
  const form = useExperimentForm();
  const { address, draft, words, failures, estimate, outlook } = form;
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState<ExperimentSpec | null>(null);
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const isChat = address.mode === "chat";

  function problemOf(field: string) {
    return failures.find((failure) => failure.field === field)?.message;
  }

  function begin() {
    const spec = form.read();
    if (spec === null) return;
    if ((estimate?.requests ?? 0) > ASK_ABOVE) setAsking(spec);
    else void send(spec);
  }

  async function send(spec: ExperimentSpec) {
    setAsking(null);
    setStarting(true);
    const started = await startExperiment(spec);
    setStarting(false);
    setRefusal(started.ok ? null : started.failure);
    if (!started.ok) return;
    client.setQueryData(experimentQuery(started.value.id).queryKey, started);
    router.push(`/experiments/${started.value.id}`);
  }

  return (
    <form
      aria-label="New experiment"
      noValidate
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <div className="grid min-w-0 gap-5">
        <Panel title="Question" bodyClassName="space-y-4 p-4">
          <EndpointPicker
            value={form.endpoint}
            onChange={(endpoint) => {
              form.setFailures([]);
              form.setAddress({ endpoint });
            }}
            problem={problemOf("endpointName")}
          />
          {isChat ? (
            <ChatFields
              system={words.system}
              onSystem={words.setSystem}
              plainText={address.plain}
              onPlainText={(plain) => form.setAddress({ plain })}
              acceptsMessages={form.acceptsMessages}
            />
          ) : null}
          <Field label={isChat ? "Message" : "Prompt"} problem={problemOf("prompt")}>
            {(ids) => (
              <TextArea
                {...ids}
                className="h-36 min-h-28 resize-y"
                placeholder="The question that every sample answers."
                value={words.prompt}
                onChange={({ target }) => {
                  form.setFailures([]);
                  words.setPrompt(target.value);
                }}
              />
            )}
          </Field>
          <PromptVariables
            prompt={words.prompt}
            values={words.variables}
            onChange={words.setVariables}
            problem={problemOf("variables")}
          />
        </Panel>
        <Panel title="Parameters" bodyClassName="space-y-4 p-4">
          <ParameterForm
            draft={form.parameters}
            onChange={(parameters) => {
              form.setFailures([]);
              form.setParameters({ parameters });
            }}
            failures={failures}
            manner={form.manner}
          />
          <RequestFormatFields
            format={form.format}
            onChange={(format) => form.setParameters({ format })}
            choice={form.choice}
            problem={problemOf("extraParameters") ?? problemOf("dialect")}
          />
          <AutoContinue
            draft={{ on: address.auto, maxRequests: address.maxRequests, maxTokens: address.maxTokens }}
            onChange={({ on, ...limits }) => {
              form.setFailures([]);
              form.setAddress({ auto: on, ...limits });
            }}
          />
        </Panel>
      </div>
      <div className="grid min-w-0 gap-5 lg:sticky lg:top-4">
        <VariationFields
          draft={draft}
          onChange={form.change}
          problemOf={problemOf}
          variation={form.variation}
          seed={form.parameters.values.seed ?? ""}
          places={form.places}
        />
        <CostGuard estimate={estimate} outlook={outlook} />
        {refusal ? <FailureNotice failure={refusal} /> : null}
        {failures.length > 0 ? (
          <p role="alert" className="text-sm text-danger">
            {failures.map(({ message }) => message).join(" ")}
          </p>
        ) : null}
        <Button look="primary" type="submit" disabled={starting} className="h-11">
          {starting ? "Starting…" : startWords(estimate?.requests)}
        </Button>
      </div>
      <Dialog
        title={`Send ${estimate?.requests.toLocaleString("en") ?? ""} requests?`}
        open={asking !== null}
        onClose={() => setAsking(null)}
      >
        {estimate ? <EstimateFacts estimate={estimate} outlook={outlook} /> : null}
        <p className="text-muted">You can stop it at any time; what came by then is kept.</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(null)}>Cancel</Button>
          <Button look="primary" onClick={() => asking && void send(asking)}>
            Send them
          </Button>
        </div>
      </Dialog>
    </form>
  );
}

function startWords(requests: number | undefined): string {
  return requests === undefined ? "Start" : `Start: ${requests.toLocaleString("en")} requests`;
}
