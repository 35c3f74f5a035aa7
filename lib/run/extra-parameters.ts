import * as z from "zod/mini";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS, type Parameters } from "#lib/wire/parameters.ts";

/** Most fields of one's own beside the parameters. */
const MOST_FIELDS = 32;

/** What the request itself says in another place: a field of one's own must not say it again. */
const RESERVED = ["inputs", "prompt", "messages", "stream", "parameters", "stream_options"];

const fieldName = z.string().check(
  z.minLength(1),
  z.maxLength(100),
  z.refine((name) => !RESERVED.includes(name)),
);

/** Fields of one's own, sent as they are: for what a container knows and Sagescope does not. */
export const extraParametersSchema = z
  .record(fieldName, z.json())
  .check(z.refine((extra) => Object.keys(extra).length <= MOST_FIELDS));

export type ExtraParameters = z.infer<typeof extraParametersSchema>;

const rows: readonly ParameterRow[] = PARAMETERS;

/**
 * Reads the extra parameters as typed: a JSON object, or nothing (null). Fails with `invalid` and a sentence where it
 * is none, where a field belongs to the request itself, or where the form sets the same thing already.
 */
export function parseExtraParameters(text: string, parameters: Parameters): Result<ExtraParameters | null> {
  if (text.trim() === "") return succeed(null);
  const value = parseJson(text);
  if (!value.ok) return value;
  if (typeof value.value !== "object" || value.value === null || Array.isArray(value.value)) {
    return fail(problem("Extra parameters must be a JSON object.", 'For example {"min_tokens": 5}.'));
  }
  const names = Object.keys(value.value);
  const reserved = names.find((name) => RESERVED.includes(name));
  if (reserved !== undefined) {
    return fail(problem(`${reserved} belongs to the request itself.`, "Leave it out here."));
  }
  const twice = names.flatMap((name) => {
    const row = rows.find((one) => one.wire.some((rule) => rule.as === name));
    return row !== undefined && row.name in parameters ? [{ name, label: row.label }] : [];
  })[0];
  if (twice !== undefined) {
    return fail(problem(`${twice.name} is set as “${twice.label}” already.`, "Keep one of the two."));
  }
  const extra = extraParametersSchema.safeParse(value.value);
  if (extra.success) return succeed(extra.data);
  return fail(problem(`Extra parameters take at most ${MOST_FIELDS} named fields.`, "Leave some out."));
}

function parseJson(text: string): Result<unknown> {
  try {
    return succeed(JSON.parse(text));
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const hint = `Names and texts stand in double quotes. ${words}`.trim();
    return fail(problem("Extra parameters are not JSON.", hint));
  }
}

function problem(message: string, hint: string): Failure {
  return { code: "invalid", message: `${message} ${hint}`, field: "extraParameters" };
}
