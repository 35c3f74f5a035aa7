import { parseAsBoolean, parseAsString } from "nuqs";

/** What the history shows is in its address, so that a reload or a link shows the same. */
export const historySearchParams = {
  search: parseAsString.withDefault(""),
  endpoint: parseAsString.withDefault(""),
  tag: parseAsString.withDefault(""),
  starred: parseAsBoolean.withDefault(false),
  /** Also the runs of experiments. */
  experiments: parseAsBoolean.withDefault(false),
};
