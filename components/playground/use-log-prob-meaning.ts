"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { endpointQuery } from "#components/endpoints/queries.ts";
import { wireFactsOf } from "#lib/endpoint/wire-facts-of.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { expectedMeaning, type LogProbMeaning } from "#lib/score/log-prob-meaning.ts";
import { UNKNOWN_FACTS } from "#lib/wire/wire-facts.ts";
import { probeEndpoint } from "./queries.ts";

/** What the log probabilities of an endpoint are, as far as its container tells or a probe has found. */
export function useLogProbMeaning(asked: InvokeRequest) {
  const { endpointName } = asked;
  const client = useQueryClient();
  const { data } = useQuery(endpointQuery(endpointName));
  const facts = data?.ok ? wireFactsOf(data.value.variants) : UNKNOWN_FACTS;
  const key = ["log-prob-meaning", endpointName];
  // What a probe found holds as long as the page does; nobody else writes it.
  const { data: found } = useQuery<"raw" | "after-temperature">({ queryKey: key, enabled: false });
  const probe = useMutation({
    mutationFn: () => probeEndpoint(asked),
    onSuccess: (outcome) => {
      if (outcome.ok && outcome.value !== null) client.setQueryData(key, outcome.value);
    },
  });
  const meaning: LogProbMeaning = found ?? expectedMeaning(facts);
  return { meaning, isProbed: found !== undefined, probe };
}
