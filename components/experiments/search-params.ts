import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { SAMPLE_SORTS } from "#lib/experiment/rank-samples.ts";

const EXPERIMENT_KINDS = ["samples", "sweep"] as const;

/** What a new experiment varies. Whom it asks and how stand beside it, as in the playground's address. */
export const newExperimentSearchParams = {
  kind: parseAsStringLiteral(EXPERIMENT_KINDS).withDefault("samples"),
  samples: parseAsString.withDefault("8"),
  /** At each temperature. */
  each: parseAsString.withDefault("1"),
  temperatures: parseAsString.withDefault("0, 0.25, 0.5, 0.75, 1, 1.25, 1.5"),
  /** Empty: what the endpoint suggests. */
  atOnce: parseAsString.withDefault(""),
};

/** How the samples are ordered. */
export const samplesSearchParams = {
  sort: parseAsStringLiteral(SAMPLE_SORTS).withDefault("mean"),
  up: parseAsBoolean.withDefault(false),
};
