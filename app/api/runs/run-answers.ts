import type { FamilyRun } from "#lib/conversation/family.ts";
import type { StoredRun } from "#lib/db/stored-run.ts";
import type { HistoryEntry } from "#lib/history/history-entry.ts";

/** How much of prompt and answer a list shows, in characters. */
const EXCERPT = 300;

/** A stored run as the history lists it. */
export function toRunSummary(run: StoredRun): HistoryEntry {
  const { promptText, generatedText, connection, container, request: _notListed, failure, ...rest } = run;
  return {
    ...rest,
    createdAt: run.createdAt.getTime(),
    prompt: promptText.slice(0, EXCERPT),
    answer: generatedText.slice(0, EXCERPT),
    region: connection.region,
    account: connection.account,
    container: container?.label ?? null,
    failure: failure?.message ?? null,
  };
}

/** A stored run as its family lists it. */
export function toFamilyRun(run: StoredRun): FamilyRun {
  const { prompt, messages = [] } = run.request;
  const question = prompt ?? messages.findLast(({ role }) => role === "user")?.content ?? "";
  return { ...toRunSummary(run), question: question.slice(0, EXCERPT) };
}
