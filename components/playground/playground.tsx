"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { ChatFields } from "#components/conversation/chat-fields.tsx";
import { ChatThread } from "#components/conversation/chat-thread.tsx";
import { FamilyOutline } from "#components/conversation/family-outline.tsx";
import { Walk } from "#components/conversation/walk.tsx";
import { endpointQuery, endpointsQuery } from "#components/endpoints/queries.ts";
import { ManyRuns } from "#components/experiments/many-runs.tsx";
import { connectionQuery } from "#components/shell/queries.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { useWindowKeys } from "#components/ui/use-window-keys.ts";
import type { EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { withLogUrl } from "#lib/endpoint/log-url.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import type { Failure } from "#lib/failure.ts";
import { buildRequest, buildSettings } from "#lib/run/build-request.ts";
import { hasNumbers } from "#lib/run/reduce-run.ts";
import { AnswerPanel } from "./answer-panel.tsx";
import { EarlierText } from "./earlier-text.tsx";
import { HandOver } from "./hand-over.tsx";
import { capsuleOf, targetOf } from "./handover-of-run.ts";
import { nameRunInAddress } from "./name-run.ts";
import { OpenCapsule } from "./open-capsule.tsx";
import { PartsCard } from "./parts-card.tsx";
import { TemplatesOfPrompt } from "./prompt-field.tsx";
import { type PromptDraft, PromptForm } from "./prompt-form.tsx";
import { RunCards } from "./run-cards.tsx";
import { playgroundSearchParams } from "./search-params.ts";
import { StallNotice } from "./stall-notice.tsx";
import type { TemplateActions } from "./templates.tsx";
import { revealToken } from "./token-elements.ts";
import { useConvertedRun } from "./use-converted-run.tsx";
import { readDraft, useDraft, writeDraft } from "./use-draft.ts";
import { useFreshEndpoints } from "./use-fresh-endpoints.ts";
import { useParameterDraft } from "./use-parameter-draft.ts";
import { useRunOutline, useRunStore } from "./use-run.ts";
import { useTalk } from "./use-talk.ts";
import { useVariables } from "./use-variables.ts";

/** Where Tailwind's `lg:` does not apply. */
const ONE_COLUMN = "(width < 64rem)";

function firstReady(endpoints: readonly EndpointSummary[]): string {
  const ready = endpoints.filter((endpoint) => canInvoke(endpoint.status)).map((endpoint) => endpoint.name);
  return ready.toSorted((a, b) => a.localeCompare(b, "en"))[0] ?? "";
}

/** Prompt an endpoint, talk with it, and look inside its answers. */
export function Playground({ templates }: { templates: TemplateActions }) {
  const [address, setAddress] = useQueryStates(playgroundSearchParams, { history: "replace" });
  const [system, setSystem] = useDraft("system");
  const [variables, setVariables] = useVariables();
  const [{ parameters, format }, setParameters] = useParameterDraft();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const answer = useRef<HTMLDivElement>(null);
  const sent = useRef<string | null>(null);
  const store = useRunStore((runId) => {
    nameRunInAddress(runId);
    // A change of the address that is still on its way would take the name out again.
    setAddress({ run: runId });
  });
  const { stop } = store;
  // Only what shows the answer itself follows it word by word.
  const run = useRunOutline(store);
  useFreshEndpoints(run.failure);
  const { shown: visible, offer } = useConvertedRun(run);
  const connection = useQuery(connectionQuery).data;
  const { data } = useQuery(endpointsQuery);

  const { endpoint: named, run: shown, view, mode, plain, auto, maxRequests, maxTokens } = address;
  // A newcomer's first endpoint is picked for them; a link's choice stands even when it is gone.
  const endpoint = named || firstReady(data?.endpoints ?? []);
  const detail = useQuery({ ...endpointQuery(endpoint), enabled: mode === "chat" && endpoint !== "" }).data;
  const container = detail?.ok ? detail.value.variants[0]?.container : null;
  const draft: PromptDraft = {
    endpoint,
    variables,
    parameters,
    format,
    autoContinue: { on: auto, maxRequests, maxTokens },
  };
  const form = { ...draft, endpointName: endpoint };

  const talk = useTalk({
    store,
    run,
    shown,
    onShow(runId) {
      setAddress({ run: runId });
      // A message that the server has taken is in the thread; what was typed meanwhile stays.
      if (runId !== "" && sent.current !== null && sent.current === readDraft("prompt")) {
        writeDraft("prompt", "");
      }
      if (runId !== "") sent.current = null;
    },
    onOpened: (request) => setAddress({ mode: request.messages ? "chat" : "prompt" }),
    readSettings() {
      const settings = buildSettings(form);
      setFailures(settings.ok ? [] : settings.failures);
      return settings.ok ? settings.value : null;
    },
  });
  const { asked, running, path } = talk;
  const step = path.at(-1);
  const answers = step?.question.answers ?? [];

  function change(next: Partial<PromptDraft & { prompt: string }>) {
    // Nothing is drawn again where there was no failure.
    setFailures((shown) => (shown.length === 0 ? shown : []));
    if (next.prompt !== undefined) writeDraft("prompt", next.prompt);
    if (next.variables) setVariables(next.variables);
    if (next.endpoint !== undefined) setAddress({ endpoint: next.endpoint });
    if (next.autoContinue) {
      const { on, ...limits } = next.autoContinue;
      setAddress({ auto: on, ...limits });
    }
    if (next.parameters ?? next.format) setParameters(next);
  }

  function ask() {
    const prompt = readDraft("prompt");
    const request = buildRequest({ ...form, prompt });
    setFailures(request.ok ? [] : request.failures);
    if (!request.ok || running) return;
    if (mode === "chat") {
      sent.current = prompt;
      talk.say({ system, message: request.value.prompt ?? "", plainText: plain });
    } else {
      talk.begin(request.value);
    }
    // On one column the answer begins below the form: whoever asks wants to see it come.
    if (window.matchMedia(ONE_COLUMN).matches) answer.current?.scrollIntoView();
  }

  function reveal(index: number) {
    setAddress({ view: "tokens" });
    // The text may only be drawn now.
    requestAnimationFrame(() => revealToken(index));
  }

  useWindowKeys((event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
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
        isIdle={run.status === "idle"}
        onRun={ask}
        onStop={stop}
        mode={mode}
        onMode={(next) => {
          setAddress({ mode: next });
          // A chat is no answer to a prompt, nor the other way round: what is shown stays in the history.
          if (!running && asked !== null) talk.forget();
        }}
        chat={
          <ChatFields
            system={system}
            onSystem={setSystem}
            plainText={plain}
            onPlainText={(next) => setAddress({ plain: next })}
            acceptsMessages={container ? container.acceptsMessages : null}
          />
        }
        // A conversation under way is more than its next message: only a first one can be asked many times.
        many={asked?.messages ? null : <ManyRuns endpoint={endpoint} />}
        sendsMessages={mode === "chat" && !plain && container?.acceptsMessages !== false}
        tools={
          <>
            <TemplatesOfPrompt actions={templates} onPick={(body) => change({ prompt: body })} />
            <OpenCapsule
              onOpen={talk.openRun}
              onShow={(capsule) => talk.receive(capsule.request, capsule.events)}
            />
          </>
        }
      />
      <div ref={answer} className="grid min-w-0 scroll-mt-3 gap-5 2xl:contents">
        <div className={classNames("grid min-w-0 gap-5", !hasNumbers(run) && "2xl:col-span-2")}>
          {talk.missing ? <FailureNotice failure={talk.missing} /> : null}
          {asked?.messages ? (
            <ChatThread
              messages={asked.messages}
              path={path}
              note={howSent(run.dialect)}
              disabled={running}
              onEdit={talk.edit}
              onOpen={talk.openRun}
              onNew={talk.forget}
            />
          ) : null}
          {talk.earlierText === "" ? null : <EarlierText text={talk.earlierText} />}
          <AnswerPanel
            run={visible}
            store={store}
            failure={
              run.failure && asked && connection?.region && !connection.isLocal
                ? withLogUrl(run.failure, connection.region, asked.endpointName)
                : run.failure
            }
            view={view}
            onView={(next) => setAddress({ view: next })}
            onContinue={talk.proceed}
            onRetry={() => talk.again("retry")}
            onStop={stop}
            onPick={(picked) => change({ prompt: picked })}
            onReveal={reveal}
            onBranch={running ? null : (tokenIndex, text) => talk.branch({ tokenIndex, text })}
            stall={running ? <StallNotice heardAt={store.heardAt} hasBegun={run.tokens.length > 0} /> : null}
            walk={
              <>
                <Walk
                  what="answer"
                  position={answers.findIndex(({ run: { id } }) => id === run.runId)}
                  count={answers.length}
                  onStep={(position) => talk.openRun(answers[position]?.run.id ?? "")}
                />
                {running || asked === null ? null : (
                  <Button size="small" look="quiet" onClick={() => talk.again("regenerate")}>
                    Regenerate
                  </Button>
                )}
              </>
            }
            handOver={
              <HandOver
                run={run}
                capsule={() => capsuleOf(run, asked, step?.answer.run.container ?? null, connection)}
                target={asked && connection?.region ? targetOf(asked, connection) : null}
              />
            }
          />
        </div>
        <div className="grid min-w-0 gap-5">
          <RunCards run={visible} store={store} asked={asked} cumulative={offer} onContinue={talk.proceed}>
            <PartsCard
              run={run}
              store={store}
              budget={asked?.autoContinue ?? null}
              onRetry={asked ? (tokenIndex) => talk.branch({ tokenIndex, text: "" }) : null}
            />
          </RunCards>
          <FamilyOutline roots={talk.roots} current={run.runId} onOpen={talk.openRun} />
        </div>
      </div>
    </div>
  );
}

/** How a chat went out, once that is known. */
function howSent(dialect: string | null): string | null {
  if (dialect === null) return null;
  return dialect === "chat"
    ? "Sent as messages: the container applied the model's chat template."
    : "Sent as plain text in inputs: System, User and Assistant, each with a colon.";
}
