import type { Failure, Result } from "#lib/failure.ts";
import type { GenerationParameters } from "./invoke-request.ts";

type NumberParameter = Exclude<keyof GenerationParameters, "stopSequences">;

/** A number of the parameter form. Bounds are inclusive unless `aboveMin`, as in `generationParametersSchema`. */
export type ParameterField = {
  name: NumberParameter;
  label: string;
  min: number;
  aboveMin?: boolean;
  max: number;
  step: number;
  integer: boolean;
  /** What the number means and what an empty field does. */
  definition: string;
};

export const PARAMETER_FIELDS: readonly ParameterField[] = [
  {
    name: "maxNewTokens",
    label: "Max new tokens",
    min: 1,
    max: 32_768,
    step: 1,
    integer: true,
    definition:
      "The answer is cut after this many tokens and its finish reason is then “length”. Empty: the container's own default, 30 in the LMI schema and 16 where alternatives are asked for.",
  },
  {
    name: "temperature",
    label: "Temperature",
    min: 0,
    max: 2,
    step: 0.1,
    integer: false,
    definition:
      "Divides the model's scores before sampling: 0 always takes the likeliest token, 1 samples from the model's own distribution, more flattens it.",
  },
  {
    name: "topP",
    label: "Top-p",
    min: 0,
    aboveMin: true,
    max: 1,
    step: 0.05,
    integer: false,
    definition:
      "Samples only from the likeliest tokens that together hold this much probability. 1 keeps all.",
  },
  {
    name: "topK",
    label: "Top-k",
    min: 0,
    max: 1_000,
    step: 1,
    integer: true,
    definition: "Samples only from this many of the likeliest tokens. Empty or 0 keeps all.",
  },
  {
    name: "repetitionPenalty",
    label: "Repetition penalty",
    min: 0.1,
    max: 2,
    step: 0.05,
    integer: false,
    definition: "Above 1, tokens that already occurred become less likely. 1 changes nothing.",
  },
  {
    name: "seed",
    label: "Seed",
    min: 0,
    max: 4_294_967_295,
    step: 1,
    integer: true,
    definition:
      "The same seed, prompt and parameters give the same answer where the back end honours seeds. Empty: a new one each time.",
  },
  {
    name: "alternatives",
    label: "Alternatives",
    min: 0,
    max: 20,
    step: 1,
    integer: true,
    definition:
      "How many tokens to ask for at each position with their log probabilities, where the container can send them.",
  },
];

/** What stands in the form: text, so that half-typed numbers are kept as they are. */
export type ParameterDraft = { numbers: Partial<Record<NumberParameter, string>>; stopSequences: string[] };

/** Reads the form. Every field at fault gives one failure with a sentence and the field's name. */
export function parseParameterDraft(
  draft: ParameterDraft,
): { ok: true; value: GenerationParameters } | { ok: false; failures: Failure[] } {
  const parameters: GenerationParameters = {};
  const failures: Failure[] = [];
  for (const field of PARAMETER_FIELDS) {
    const text = draft.numbers[field.name]?.trim() ?? "";
    if (text === "") continue;
    const number = parseNumber(field, text);
    if (number.ok) parameters[field.name] = number.value;
    else failures.push(number.failure);
  }
  if (draft.stopSequences.some((sequence) => sequence === "")) {
    failures.push({
      code: "invalid",
      message: "A stop sequence is empty.",
      hint: "An empty one would end every answer at once: write one, or remove it.",
      field: "stopSequences",
    });
  }
  if (draft.stopSequences.length > 0) parameters.stopSequences = draft.stopSequences;
  return failures.length > 0 ? { ok: false, failures } : { ok: true, value: parameters };
}

function parseNumber(field: ParameterField, text: string): Result<number> {
  const value = Number(text);
  const inside = (field.aboveMin ? value > field.min : value >= field.min) && value <= field.max;
  if (inside && (!field.integer || Number.isInteger(value))) return { ok: true, value };
  const kind = field.integer ? "a whole number" : "a number";
  const from = field.aboveMin ? `above ${field.min} and at most` : `from ${field.min} to`;
  return {
    ok: false,
    failure: {
      code: "invalid",
      message: `${field.label} must be ${kind} ${from} ${field.max}.`,
      field: field.name,
    },
  };
}
