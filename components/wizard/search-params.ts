import { parseAsString, parseAsStringLiteral } from "nuqs";
import { STEP_IDS } from "./steps.ts";

/** Which step is open, and the whole plan but its secrets: a link opens the same page. */
export const wizardSearchParams = {
  step: parseAsStringLiteral(STEP_IDS).withDefault("model"),
  plan: parseAsString.withDefault(""),
};
