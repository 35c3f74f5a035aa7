"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { RequestFormat } from "#lib/run/build-request.ts";
import type { ParameterDraft } from "#lib/run/parameter-draft.ts";
import { REQUEST_DIALECTS } from "#lib/wire/dialects.ts";
import { PARAMETERS } from "#lib/wire/parameters.ts";

/** What a newcomer's form begins with; everything else is left to the container. */
const BEGINNING: ParameterDraft["values"] = { maxNewTokens: "256", temperature: "0.7", alternatives: "5" };

const valueParsers = Object.fromEntries(
  PARAMETERS.flatMap(({ name }) =>
    name === "stopSequences" ? [] : [[name, parseAsString.withDefault(BEGINNING[name] ?? "")]],
  ),
);

const FORMATS = ["auto", ...REQUEST_DIALECTS] as const;

const formatParsers = {
  stop: parseAsArrayOf(parseAsString).withDefault([]),
  format: parseAsStringLiteral(FORMATS).withDefault("auto"),
  read: parseAsStringLiteral(["auto", "text"] as const).withDefault("auto"),
  stream: parseAsBoolean.withDefault(true),
  extra: parseAsString.withDefault(""),
};

type Drafts = { parameters: ParameterDraft; format: RequestFormat };

/** How to generate, kept in the address: a link opens the same form. */
export function useParameterDraft(): [Drafts, (change: Partial<Drafts>) => void] {
  const [values, setValues] = useQueryStates(valueParsers, { history: "replace" });
  const [{ stop, format: dialect, read: reading, stream, extra }, setFormat] = useQueryStates(formatParsers, {
    history: "replace",
  });
  function change({ parameters, format }: Partial<Drafts>) {
    if (parameters) {
      setValues(parameters.values);
      setFormat({ stop: parameters.stopSequences });
    }
    if (format) {
      const { dialect, reading, ...rest } = format;
      setFormat({ format: dialect, read: reading, ...rest });
    }
  }
  return [
    { parameters: { values, stopSequences: stop }, format: { dialect, reading, stream, extra } },
    change,
  ];
}
