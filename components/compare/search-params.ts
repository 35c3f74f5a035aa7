import { parseAsJson, parseAsString } from "nuqs";
import * as z from "zod/mini";

const ownSchema = z.object({
  values: z.record(z.string(), z.string()),
  stopSequences: z.array(z.string()),
});

/** The right side of a comparison. Whom the left one asks, and how, stands beside it as in the playground's address. */
export const againstSearchParams = {
  /** Empty: another endpoint that can answer, or the same one. */
  against: parseAsString.withDefault(""),
  /** Settings of its own; absent: those of the left side. */
  own: parseAsJson(ownSchema),
};
