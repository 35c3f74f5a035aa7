import * as z from "zod/mini";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS, type Parameters } from "#lib/wire/parameters.ts";

/** Most entries of a list parameter. */
const LONGEST_LIST = 16;

/** The check of one value, as its row says. */
export function valueSchemaOf({ kind, min, max, aboveMin }: ParameterRow): z.ZodMiniType {
  switch (kind) {
    case "boolean":
      return z.boolean();
    case "texts":
      return z.array(z.string().check(z.minLength(min), z.maxLength(max))).check(z.maxLength(LONGEST_LIST));
    case "integers":
      return z.array(z.int().check(z.gte(min), z.lte(max))).check(z.maxLength(LONGEST_LIST));
    case "integer":
      return z.int().check(z.gte(min), z.lte(max));
    case "number":
      return aboveMin ? z.number().check(z.gt(min), z.lte(max)) : z.number().check(z.gte(min), z.lte(max));
  }
}

const rows: readonly ParameterRow[] = PARAMETERS;

const checkedByRow = z.strictObject(
  Object.fromEntries(rows.map((row) => [row.name, z.optional(valueSchemaOf(row))])),
);

/** The parameters of a request, by the bounds of their rows; an absent value leaves the container's own default. */
export const generationParametersSchema = z.pipe(
  checkedByRow,
  z.custom<Parameters>((value) => typeof value === "object"),
);

export type GenerationParameters = Parameters;
