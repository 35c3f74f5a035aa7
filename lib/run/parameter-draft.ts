import type { Failure, Result } from "#lib/failure.ts";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS, type ParameterName } from "#lib/wire/parameters.ts";
import {
  type GenerationParameters,
  generationParametersSchema,
  valueSchemaOf,
} from "./generation-parameters.ts";

/** What stands in the form: text, so that half-typed numbers are kept as they are. Stop sequences are a list. */
export type ParameterDraft = {
  values: Partial<Record<Exclude<ParameterName, "stopSequences">, string>>;
  stopSequences: string[];
};

type Reading = Result<number | boolean | number[]>;

/** Reads the form. Every field at fault gives one failure with a sentence and the field's name. */
export function parseParameterDraft(
  draft: ParameterDraft,
): { ok: true; value: GenerationParameters } | { ok: false; failures: Failure[] } {
  const read: Record<string, unknown> = {};
  const failures: Failure[] = [];
  for (const row of PARAMETERS) {
    if (row.name === "stopSequences") continue;
    const text = draft.values[row.name]?.trim() ?? "";
    if (text === "") continue;
    const reading = readValue(row, text);
    if (reading.ok) read[row.name] = reading.value;
    else failures.push(reading.failure);
  }
  if (draft.stopSequences.some((sequence) => sequence === "")) {
    failures.push({
      code: "invalid",
      message: "A stop sequence is empty.",
      hint: "An empty one would end every answer at once: write one, or remove it.",
      field: "stopSequences",
    });
  }
  if (failures.length > 0) return { ok: false, failures };
  if (draft.stopSequences.length > 0) read.stopSequences = draft.stopSequences;
  const parameters = generationParametersSchema.safeParse(read);
  return parameters.success
    ? { ok: true, value: parameters.data }
    : {
        ok: false,
        failures: [
          { code: "invalid", message: "There are too many stop sequences.", field: "stopSequences" },
        ],
      };
}

/** One value as typed, checked by its row's own schema. */
function readValue(row: ParameterRow, text: string): Reading {
  const value = parseText(row, text);
  if (valueSchemaOf(row).safeParse(value).success) return { ok: true, value };
  return { ok: false, failure: { code: "invalid", message: complaint(row), field: row.name } };
}

function parseText({ kind }: ParameterRow, text: string): number | boolean | number[] {
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : Number.NaN;
  if (kind === "integers")
    return text
      .split(/[\s,]+/)
      .filter((part) => part !== "")
      .map(Number);
  return Number(text);
}

function complaint({ kind, label, min, max, aboveMin }: ParameterRow): string {
  switch (kind) {
    case "boolean":
      return `${label} must be on or off.`;
    case "integers":
      return `${label} must be at most 16 whole numbers with commas between them.`;
    default: {
      const what = kind === "integer" ? "a whole number" : "a number";
      const from = aboveMin ? `above ${min} and at most` : `from ${min} to`;
      return `${label} must be ${what} ${from} ${max}.`;
    }
  }
}
