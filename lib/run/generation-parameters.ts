import { z } from "zod";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS, type Parameters } from "#lib/wire/parameters.ts";

/** Most entries of a list parameter. */
const LONGEST_LIST = 16;

/** The check of one value, as its row says. */
export function valueSchemaOf({ kind, min, max, aboveMin }: ParameterRow): z.ZodType {
  switch (kind) {
    case "boolean":
      return z.boolean();
    case "texts":
      return z.array(z.string().min(min).max(max)).max(LONGEST_LIST);
    case "integers":
      return z.array(z.number().int().min(min).max(max)).max(LONGEST_LIST);
    case "integer":
      return z.number().int().min(min).max(max);
    case "number":
      return aboveMin ? z.number().gt(min).max(max) : z.number().min(min).max(max);
  }
}

const rows: readonly ParameterRow[] = PARAMETERS;

const checkedByRow = z.strictObject(
  Object.fromEntries(rows.map((row) => [row.name, valueSchemaOf(row).optional()])),
);

/** The parameters of a request, by the bounds of their rows; an absent value leaves the container's own default. */
export const generationParametersSchema = checkedByRow.pipe(
  // Checked above, field by field; what is left to say is the type, which comes from the same rows.
  z.custom<Parameters>((value) => typeof value === "object"),
);

export type GenerationParameters = Parameters;
