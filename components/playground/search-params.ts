import { parseAsString, parseAsStringLiteral } from "nuqs";

export const ANSWER_VIEWS = ["text", "table", "wire"] as const;

/** Which endpoint, and what to look at: a link opens the same page. The prompt stays private. */
export const playgroundSearchParams = {
  endpoint: parseAsString.withDefault(""),
  /** The run of the history that is shown. */
  run: parseAsString.withDefault(""),
  view: parseAsStringLiteral(ANSWER_VIEWS).withDefault("text"),
};
