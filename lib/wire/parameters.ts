import type { RequestDialect } from "#lib/wire/dialects.ts";
import type { ParameterRow, WireName } from "#lib/wire/parameter-row.ts";
import { READER_WORDS, requestReader } from "#lib/wire/request-reader.ts";
import { ROWS_OF_LENGTH } from "#lib/wire/rows-of-length.ts";
import { ROWS_OF_OUTPUT } from "#lib/wire/rows-of-output.ts";
import { ROWS_OF_SAMPLING } from "#lib/wire/rows-of-sampling.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

/** Every parameter of generation, as data. */
export const PARAMETERS = [...ROWS_OF_LENGTH, ...ROWS_OF_SAMPLING, ...ROWS_OF_OUTPUT] as const;

type Row = (typeof PARAMETERS)[number];
type Values = { integer: number; number: number; boolean: boolean; texts: string[]; integers: number[] };

export type ParameterName = Row["name"];

/** What a person may set; an absent value leaves the container's own default. */
export type Parameters = { [One in Row as One["name"]]?: Values[One["kind"]] | undefined };

/** How a request is going to be written, as far as parameters depend on it. */
export type RequestManner = { facts: WireFacts; dialect: RequestDialect; stream: boolean };

export type ParameterSupport =
  | { isKnown: true; as: string; unset: string }
  | { isKnown: false; reason: string };

/** Whether the reader of such a request knows a parameter and under which name, or why it does not. */
export function parameterSupport(name: ParameterName, manner: RequestManner): ParameterSupport {
  const row = rowOf(name);
  const reader = requestReader(manner.facts, manner.dialect);
  const rules = row.wire.filter(({ readers }) => readers.includes(reader));
  const { release } = manner.facts;
  const rule = rules.find((one) => isOfRelease(one, release));
  if (rule?.wholeOnly === true && manner.stream)
    return { isKnown: false, reason: "Known only in answers that are not streamed: turn streaming off." };
  if (rule !== undefined) return { isKnown: true, as: rule.as, unset: rule.unset };
  const other = rules[0];
  if (other !== undefined) return { isKnown: false, reason: otherRelease(other, release) };
  return { isKnown: false, reason: row.why?.[reader] ?? `${READER_WORDS[reader]} does not know it.` };
}

function rowOf(name: ParameterName): ParameterRow {
  const row = PARAMETERS.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no parameter is called ${name}`);
  return row;
}

function isOfRelease({ since, until }: WireName, release: number | null): boolean {
  if (since === undefined && until === undefined) return true;
  return release !== null && release >= (since ?? 0) && release <= (until ?? Number.POSITIVE_INFINITY);
}

function otherRelease({ since, until }: WireName, release: number | null): string {
  const here = release === null ? "the release of this container is not known" : `this is 0.${release}`;
  return until === undefined
    ? `Known from LMI 0.${since} on, and ${here}.`
    : `Known up to LMI 0.${until}, and ${here}.`;
}
