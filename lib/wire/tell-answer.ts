import { type AnswerDialect, detectDialect } from "#lib/wire/dialects.ts";
import { isRecord, readList } from "#lib/wire/records.ts";
import { unframeLine } from "#lib/wire/unframe-line.ts";

/** What a line of an answer is, and whether it stands behind `data:`; null where it is no JSON or says nothing. */
export function tellAnswer(line: string): { dialect: AnswerDialect; isFramed: boolean } | null {
  const value = parseJson(unframeLine(line));
  const record = isRecord(value) ? value : readList(value).find(isRecord);
  if (record === undefined) return null;
  const dialect = detectDialect(record);
  return dialect === "unknown" ? null : { dialect, isFramed: line.trimStart().startsWith("data:") };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
