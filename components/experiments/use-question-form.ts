"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { endpointQuery, endpointsQuery, outlookQuery } from "#components/endpoints/queries.ts";
import { playgroundSearchParams } from "#components/playground/search-params.ts";
import { useDraft } from "#components/playground/use-draft.ts";
import { useParameterDraft } from "#components/playground/use-parameter-draft.ts";
import { useRequestManner } from "#components/playground/use-request-manner.ts";
import { useVariables } from "#components/playground/use-variables.ts";
import { firstMessages } from "#lib/conversation/next-messages.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import type { Question } from "#lib/experiment/experiment-spec.ts";
import { suggestConcurrency } from "#lib/experiment/suggest-concurrency.ts";
import type { Failure } from "#lib/failure.ts";
import { buildRequest, buildSettings } from "#lib/run/build-request.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";

export type QuestionForm = ReturnType<typeof useQuestionForm>;

/** What an experiment asks, of whom and how: the playground's own drafts, so that one goes over into the other. */
export function useQuestionForm() {
  const [address, setAddress] = useQueryStates(playgroundSearchParams, { history: "replace" });
  const [prompt, setPrompt] = useDraft("prompt");
  const [system, setSystem] = useDraft("system");
  const [variables, setVariables] = useVariables();
  const [{ parameters, format }, setParameters] = useParameterDraft();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const { data } = useQuery(endpointsQuery);
  const ready = (data?.endpoints ?? [])
    .filter(({ status }) => canInvoke(status))
    .map(({ name }) => name)
    .toSorted((a, b) => a.localeCompare(b, "en"));
  const endpoint = address.endpoint || (ready[0] ?? "");
  const detail = useQuery({ ...endpointQuery(endpoint), enabled: endpoint !== "" }).data;
  const outlook = useQuery({ ...outlookQuery(endpoint), enabled: endpoint !== "" }).data ?? null;
  const variants = detail?.ok ? detail.value.variants : [];
  const container = variants[0]?.container ?? null;
  const isChat = address.mode === "chat";
  const { manner, choice } = useRequestManner({
    endpoint,
    parameters,
    format,
    hasMessages: isChat && !address.plain && container?.acceptsMessages !== false,
  });

  const { auto: on, maxRequests, maxTokens } = address;
  const autoContinue = { on, maxRequests, maxTokens };
  const settings = { endpointName: endpoint, parameters, format, autoContinue };

  /** In a chat the prompt is its first message. */
  function questionOf({ prompt: words = "", ...rest }: InvokeRequest): Question {
    if (!isChat) return { ...rest, prompt: words };
    return { ...rest, messages: firstMessages(system, words), ...(address.plain ? { plainText: true } : {}) };
  }

  return {
    address,
    setAddress,
    isChat,
    endpoint,
    /** Names of the endpoints that can answer, by name. */
    ready,
    words: { prompt, setPrompt, system, setSystem, variables, setVariables },
    parameters,
    format,
    setParameters,
    manner,
    choice,
    acceptsMessages: container ? container.acceptsMessages : null,
    outlook,
    ...suggestConcurrency(variants),
    failures,
    setFailures,
    problemOf: (field: string) => failures.find((failure) => failure.field === field)?.message,
    /** The question without its words, which may not be there yet: what it takes does not depend on them. */
    sketch(): Question | null {
      const built = buildSettings(settings);
      return built.ok ? built.value : null;
    },
    /** The question, or everything that is wrong with it. */
    build(): { ok: true; value: Question } | { ok: false; failures: Failure[] } {
      const built = buildRequest({ ...settings, prompt, variables });
      return built.ok ? { ok: true, value: questionOf(built.value) } : built;
    },
  };
}
