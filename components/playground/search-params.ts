import { parseAsBoolean, parseAsFloat, parseAsString, parseAsStringLiteral } from "nuqs";
import { METRICS } from "#lib/score/metric-bands.ts";

export const MODES = ["prompt", "chat"] as const;
export const ANSWER_VIEWS = ["text", "tokens", "table", "wire"] as const;

/** Which endpoint, and what to look at: a link opens the same page. The prompt stays private. */
export const playgroundSearchParams = {
  endpoint: parseAsString.withDefault(""),
  /** The run of the history that is shown. */
  run: parseAsString.withDefault(""),
  view: parseAsStringLiteral(ANSWER_VIEWS).withDefault("tokens"),
  mode: parseAsStringLiteral(MODES).withDefault("prompt"),
  /** A chat goes out as plain text although the container has chat. */
  plain: parseAsBoolean.withDefault(false),
  auto: parseAsBoolean.withDefault(false),
  maxRequests: parseAsString.withDefault("8"),
  maxTokens: parseAsString.withDefault("2000"),
};

/** How the tokens of an answer are drawn. */
export const answerLookSearchParams = {
  metric: parseAsStringLiteral(METRICS).withDefault("probability"),
  /** Tokens below this probability are marked and are stops of the bracket keys. */
  below: parseAsFloat.withDefault(0.5),
  spaces: parseAsBoolean.withDefault(false),
  edges: parseAsBoolean.withDefault(false),
  hatched: parseAsBoolean.withDefault(false),
};
