import type { RequestDialect } from "#lib/wire/dialects.ts";

/** The ways to write a request as people read them, in the order of the list. */
export const REQUEST_FORMAT_NAMES: readonly [RequestDialect, string][] = [
  ["lmi", "LMI schema"],
  ["lmi-async", "LMI schema, async names"],
  ["completions", "OpenAI completions"],
  ["chat", "OpenAI chat"],
  ["bedrock", "Bedrock"],
];
