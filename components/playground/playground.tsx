"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { endpointsQuery } from "#components/endpoints/queries.ts";
import { connectionQuery } from "#components/shell/queries.ts";
import { useWindowKeys } from "#components/ui/use-window-keys.ts";
import type { EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import type { Failure } from "#lib/failure.ts";
import { type AutoContinueDraft, parseAutoContinueDraft } from "#lib/run/auto-continue-draft.ts";
import { buildRequest } from "#lib/run/build-request.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { AnswerPanel } from "./answer-panel.tsx";
import { HandOver } from "./hand-over.tsx";
import { capsuleOf, targetOf } from "./handover-of-run.ts";
import { OpenCapsule } from "./open-capsule.tsx";
import { type PromptDraft, PromptForm } from "./prompt-form.tsx";
import { RunCards } from "./run-cards.tsx";
import { playgroundSearchParams } from "./search-params.ts";
import { type TemplateActions, Templates } from "./templates.tsx";
import { revealToken } from "./token-elements.ts";
import { useParameterDraft } from "./use-parameter-draft.ts";
import { usePromptDraft } from "./use-prompt-draft.ts";
import { useRun } from "./use-run.ts";
import { useAnnouncedRun, useStoredRun } from "./use-stored-run.ts";

/** Where Tailwind's `lg:` does not apply. */
const ONE_COLUMN = "(width < 64rem)";

function firstReady(endpoints: readonly EndpointSummary[]): string {
  const ready = endpoints.filter((endpoint) => canInvoke(endpoint.status)).map((endpoint) => endpoint.name);
  return ready.toSorted((a, b) => a.localeCompare(b, "en"))[0] ?? "";
}

/** Prompt an endpoint and look inside its answer. */
export function Playground({ templates }: { templates: TemplateActions }) {
  const [address, setAddress] = useQueryStates(playgroundSearchParams, { history: "replace" });
  const [prompt, setPrompt] = usePromptDraft();
  const [{ parameters, format }, setParameters] = useParameterDraft();
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({});
  const [autoContinue, setAutoContinue] = useState<AutoContinueDraft>({
    on: false,
    maxRequests: "8",
    maxTokens: "2000",
  });
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [asked, setAsked] = useState<InvokeRequest | null>(null);
  const answer = useRef<HTMLDivElement>(null);
  const { run, start, proceed, stop, open, show } = useRun();
  const connection = useQuery(connectionQuery).data;
  const { data } = useQuery(endpointsQuery);

  const { endpoint: chosen, run: shown, view } = address;
  // A newcomer's first endpoint is picked for them; a link's choice stands even when it is gone.
  const endpoint = chosen || firstReady(data?.endpoints ?? []);
  const draft: PromptDraft = {
    endpoint,
    prompt,
    variables,
    parameters,
    format,
    autoContinue,
  };
  const running = run.status === "connecting" || run.status === "streaming";

  function change(next: Partial<PromptDraft>) {
    setFailures([]);
    if (next.prompt !== undefined) setPrompt(next.prompt);
    if (next.variables) setVariables(next.variables);
    if (next.endpoint !== undefined) setAddress({ endpoint: next.endpoint });
    if (next.autoContinue) setAutoContinue(next.autoContinue);
    if (next.parameters ?? next.format) setParameters(next);
  }

  function ask(): InvokeRequest | null {
    const limits = parseAutoContinueDraft(autoContinue);
    const request = buildRequest({
      endpointName: endpoint,
      prompt,
      variables,
      parameters,
      format,
      autoContinue: limits.ok ? limits.value : null,
    });
    setFailures([...(request.ok ? [] : request.failures), ...(limits.ok ? [] : [limits.failure])]);
    return request.ok && limits.ok ? request.value : null;
  }

  function runPrompt() {
    const request = ask();
    if (!request || running) return;
    setAsked(request);
    setAddress({ run: "" });
    start(request);
    // On one column the answer begins below the form: whoever asks wants to see it come.
    if (window.matchMedia(ONE_COLUMN).matches) answer.current?.scrollIntoView();
  }

  // The address names the run that is shown: a reload, or a link of the history, opens it again.
  useStoredRun(shown, run.runId, (chain) => {
    const first = chain[0]?.request;
    const last = chain.at(-1)?.request;
    if (first === undefined || last === undefined) return;
    setAsked(first);
    open(chain.map((stored) => stored.run.id));
  });
  useAnnouncedRun(run.runId, (runId) => setAddress({ run: runId }));

  function continueAnswer() {
    // The original prompt goes on, whatever is being typed by now; parameters are those of the form.
    const request = ask();
    if (!request || !asked || running) return;
    const from = `${asked.prompt ?? ""}${run.generatedText}`;
    proceed({
      ...request,
      endpointName: asked.endpointName,
      prompt: from,
      ...(run.runId === null ? {} : { origin: { kind: "continue", parentId: run.runId } }),
    });
  }

  function reveal(index: number) {
    setAddress({ view: "tokens" });
    // The text may only be drawn now.
    requestAnimationFrame(() => revealToken(index));
  }

  useWindowKeys((event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      runPrompt();
    }
    if (event.key === "Escape" && running) stop();
  });

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[21rem_minmax(0,1fr)] 2xl:grid-cols-[24rem_minmax(0,1fr)_21rem]">
      <h1 className="sr-only">Playground</h1>
      <PromptForm
        draft={draft}
        onChange={change}
        failures={failures}
        running={running}
        onRun={runPrompt}
        onStop={stop}
        tools={
          <>
            <Templates prompt={prompt} actions={templates} onPick={(body) => change({ prompt: body })} />
            <OpenCapsule
              onOpen={(capsule) => {
                setAddress({ run: "" });
                setAsked(capsule.request);
                show(capsule.events);
              }}
            />
          </>
        }
      />
      <div ref={answer} className="grid min-w-0 scroll-mt-3 gap-5 2xl:contents">
        <AnswerPanel
          run={run}
          view={view}
          onView={(next) => setAddress({ view: next })}
          onContinue={continueAnswer}
          onRetry={runPrompt}
          onStop={stop}
          onPick={(picked) => change({ prompt: picked })}
          onReveal={reveal}
          handOver={
            <HandOver
              run={run}
              capsule={() => capsuleOf(run, asked, connection)}
              target={asked && connection?.region ? targetOf(asked, connection) : null}
            />
          }
        />
        <RunCards run={run} onContinue={continueAnswer} />
      </div>
    </div>
  );
}
