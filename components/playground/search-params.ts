import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs";

export const ANSWER_VIEWS = ["text", "table", "wire"] as const;

/** Which endpoint, how to generate and what to look at: a link opens the same page. The prompt stays private. */
export const playgroundSearchParams = {
  endpoint: parseAsString.withDefault(""),
  /** The run of the history that is shown. */
  run: parseAsString.withDefault(""),
  view: parseAsStringLiteral(ANSWER_VIEWS).withDefault("text"),
  maxNewTokens: parseAsString.withDefault("256"),
  temperature: parseAsString.withDefault("0.7"),
  topP: parseAsString.withDefault(""),
  topK: parseAsString.withDefault(""),
  repetitionPenalty: parseAsString.withDefault(""),
  seed: parseAsString.withDefault(""),
  alternatives: parseAsString.withDefault("5"),
  stop: parseAsArrayOf(parseAsString).withDefault([]),
};
