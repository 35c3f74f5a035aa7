"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { endpointQuery, endpointsQuery } from "#components/endpoints/queries.ts";
import { playgroundSearchParams } from "#components/playground/search-params.ts";
import { useDraft } from "#components/playground/use-draft.ts";
import { useParameterDraft } from "#components/playground/use-parameter-draft.ts";
import { useRequestManner } from "#components/playground/use-request-manner.ts";
import { useVariables } from "#components/playground/use-variables.ts";
import { firstMessages } from "#lib/conversation/next-messages.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import { buildExperiment, type ExperimentDraft, readTemperatures } from "#lib/experiment/build-experiment.ts";
import { estimateExperiment } from "#lib/experiment/estimate.ts";
import type { ExperimentSpec, Question } from "#lib/experiment/experiment-spec.ts";
import { planCells } from "#lib/experiment/plan-cells.ts";
import { suggestConcurrency } from "#lib/experiment/suggest-concurrency.ts";
import { variationOf } from "#lib/experiment/variation.ts";
import type { Failure } from "#lib/failure.ts";
import { buildRequest, buildSettings } from "#lib/run/build-request.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { parseParameterDraft } from "#lib/run/parameter-draft.ts";
import { outlookQuery } from "./queries.ts";
import { newExperimentSearchParams } from "./search-params.ts";

type Built = { ok: true; value: ExperimentSpec } | { ok: false; failures: Failure[] };

/** The form of a new experiment: the playground's own drafts, what is varied, and what that would take. */
export function useExperimentForm() {
  const [address, setAddress] = useQueryStates(
    { ...playgroundSearchParams, ...newExperimentSearchParams },
    { history: "replace" },
  );
  const [prompt, setPrompt] = useDraft("prompt");
  const [system, setSystem] = useDraft("system");
  const [variables, setVariables] = useVariables();
  const [{ parameters, format }, setParameters] = useParameterDraft();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const { data } = useQuery(endpointsQuery);
  const ready = (data?.endpoints ?? []).filter(({ status }) => canInvoke(status)).map(({ name }) => name);
  const endpoint = address.endpoint || (ready.toSorted((a, b) => a.localeCompare(b, "en"))[0] ?? "");
  const detail = useQuery({ ...endpointQuery(endpoint), enabled: endpoint !== "" }).data;
  const outlook = useQuery({ ...outlookQuery(endpoint), enabled: endpoint !== "" }).data ?? null;
  const variants = detail?.ok ? detail.value.variants : [];
  const { suggested, places } = suggestConcurrency(variants);
  const container = variants[0]?.container ?? null;
  const isChat = address.mode === "chat";
  const { manner, choice } = useRequestManner({
    endpoint,
    parameters,
    format,
    hasMessages: isChat && !address.plain && container?.acceptsMessages !== false,
  });
  const draft: ExperimentDraft = {
    kind: address.kind,
    samples: address.samples,
    each: address.each,
    temperatures: address.temperatures,
    concurrency: address.atOnce === "" ? String(suggested) : address.atOnce,
  };

  const { auto: on, maxRequests, maxTokens } = address;
  const autoContinue = { on, maxRequests, maxTokens };
  const settings = { endpointName: endpoint, parameters, format, autoContinue };

  function build(): Built {
    const built = buildRequest({ ...settings, prompt, variables });
    const asked = built.ok ? questionOf(built.value) : null;
    const spec = buildExperiment(draft, asked ?? { endpointName: endpoint, parameters: {} });
    if (built.ok) return spec;
    return { ok: false, failures: [...built.failures, ...(spec.ok ? [] : spec.failures)] };
  }

  /** In a chat the prompt is its first message. */
  function questionOf({ prompt: words = "", ...rest }: InvokeRequest): Question {
    if (!isChat) return { ...rest, prompt: words };
    return { ...rest, messages: firstMessages(system, words), ...(address.plain ? { plainText: true } : {}) };
  }

  const built = build();
  // What it takes does not depend on the words, which may not be there yet.
  const wordless = buildSettings(settings);
  const sketch = wordless.ok ? buildExperiment(draft, wordless.value) : null;
  const read = parseParameterDraft(parameters);
  const hottest = Math.max(...readTemperatures(draft.temperatures));
  // What else is set can make a sweep pointless, too: the hottest of its temperatures would show it.
  const drawn = {
    ...(read.ok ? read.value : {}),
    ...(draft.kind === "sweep" && hottest > 0 ? { temperature: hottest } : {}),
  };
  return {
    address,
    setAddress,
    draft,
    change({ concurrency, ...rest }: Partial<ExperimentDraft>) {
      setFailures([]);
      setAddress({ ...rest, ...(concurrency === undefined ? {} : { atOnce: concurrency }) });
    },
    endpoint,
    words: { prompt, setPrompt, system, setSystem, variables, setVariables },
    parameters,
    format,
    setParameters,
    manner,
    choice,
    acceptsMessages: container ? container.acceptsMessages : null,
    places,
    outlook,
    variation: variationOf(drawn, manner),
    estimate: sketch?.ok
      ? estimateExperiment({
          spec: sketch.value,
          cells: planCells(sketch.value).length,
          manner,
          pace: outlook?.pace ?? null,
          pricePerHour: outlook?.pricePerHour ?? null,
        })
      : null,
    failures,
    setFailures,
    /** The experiment, or null where the form now says what is wrong with it. */
    read(): ExperimentSpec | null {
      setFailures(built.ok ? [] : built.failures);
      return built.ok ? built.value : null;
    },
  };
}
