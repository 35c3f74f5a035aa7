"use client";

import { useQuery } from "@tanstack/react-query";
import { endpointQuery } from "#components/endpoints/queries.ts";
import { wireFactsOf } from "#lib/endpoint/wire-facts-of.ts";
import type { Result } from "#lib/failure.ts";
import type { RequestFormat } from "#lib/run/build-request.ts";
import type { ParameterDraft } from "#lib/run/parameter-draft.ts";
import { chooseDialect, type DialectChoice } from "#lib/wire/choose-dialect.ts";
import type { RequestManner } from "#lib/wire/parameters.ts";
import { UNKNOWN_FACTS } from "#lib/wire/wire-facts.ts";

/**
 * How a request would be written now, by the same rules as on the server: from the endpoint's image and environment,
 * the alternatives asked for, and what was chosen.
 */
export function useRequestManner({
  endpoint,
  parameters,
  format,
  hasMessages = false,
}: {
  endpoint: string;
  parameters: ParameterDraft;
  format: RequestFormat;
  hasMessages?: boolean;
}): { manner: RequestManner; choice: Result<DialectChoice> } {
  const { data } = useQuery({ ...endpointQuery(endpoint), enabled: endpoint !== "" });
  const facts = data?.ok ? wireFactsOf(data.value.variants) : UNKNOWN_FACTS;
  const choice = chooseDialect({
    facts,
    hasMessages,
    alternatives: Number(parameters.values.alternatives ?? 0),
    override: format.dialect === "auto" ? undefined : format.dialect,
  });
  const dialect = choice.ok ? choice.value.dialect : "lmi";
  return { manner: { facts, dialect, stream: format.stream }, choice };
}
