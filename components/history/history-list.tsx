"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Failure, Result } from "#lib/failure.ts";
import type { HistoryEntry } from "#lib/history/history-entry.ts";
import { HistoryFilterBar } from "./history-filter-bar.tsx";
import { HistoryRow } from "./history-row.tsx";
import { historyQuery } from "./queries.ts";
import { historySearchParams } from "./search-params.ts";

type Action = (input: unknown) => Promise<Result<{ id: string }>>;

const SILENT: Failure = {
  code: "unreachable",
  message: "The Sagescope server does not answer.",
  hint: "Check the terminal in which it runs, then try again.",
};

/** Every run that was kept, newest first. */
export function HistoryList({
  markRun,
  deleteRun,
  restoreRun,
}: {
  markRun: Action;
  deleteRun: Action;
  restoreRun: Action;
}) {
  const [filter, setFilter] = useQueryStates(historySearchParams, { history: "replace" });
  const client = useQueryClient();
  const { data, isPending, isError, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery(historyQuery(filter));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [deleted, setDeleted] = useState<HistoryEntry | null>(null);

  async function change(action: Promise<Result<{ id: string }>>) {
    const result = await action.catch(() => ({ ok: false as const, failure: SILENT }));
    setFailure(result.ok ? null : result.failure);
    await client.invalidateQueries({ queryKey: ["history"] });
    return result.ok;
  }
  async function remove(entry: HistoryEntry) {
    if (await change(deleteRun(entry.id))) setDeleted(entry);
  }
  async function restore({ id }: HistoryEntry) {
    if (await change(restoreRun(id))) setDeleted(null);
  }

  if (isPending) return <Skeleton label="Loading the history" rows={6} />;
  const pages = data?.pages ?? [];
  const refused = isError ? SILENT : (pages.find((page) => !page.ok)?.failure ?? null);
  if (refused) {
    return (
      <div className="p-4">
        <FailureNotice failure={refused} action={<Button onClick={() => refetch()}>Try again</Button>} />
      </div>
    );
  }
  const entries = pages.flatMap((page) => (page.ok ? page.value.runs : []));
  const tags = pages[0]?.ok ? pages[0].value.tags : [];
  const filtered = filter.search !== "" || filter.endpoint !== "" || filter.tag !== "" || filter.starred;
  if (entries.length === 0 && !filtered && deleted === null) return <NoRuns />;
  return (
    <>
      <HistoryFilterBar
        filter={filter}
        onChange={setFilter}
        tags={tags}
        shown={entries.length}
        more={hasNextPage}
      />
      {deleted ? <Deleted entry={deleted} onRestore={() => restore(deleted)} /> : null}
      {failure ? (
        <div className="border-b border-line p-4">
          <FailureNotice failure={failure} />
        </div>
      ) : null}
      {entries.length === 0 ? (
        <EmptyState
          title="No run fits"
          action={<Button onClick={() => setFilter(null)}>Show all runs</Button>}
        />
      ) : (
        <ul aria-label="Runs">
          {entries.map((entry) => (
            <HistoryRow
              key={entry.id}
              entry={entry}
              onMark={(marks) => void change(markRun({ id: entry.id, ...marks }))}
              onDelete={() => remove(entry)}
              onTag={(tag) => setFilter({ tag })}
            />
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <div className="border-t border-line p-3 text-center">
          <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage}>
            Show earlier runs
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The way back from a deletion, for as long as the page is open. */
function Deleted({ entry, onRestore }: { entry: HistoryEntry; onRestore: () => void }) {
  return (
    <div className="flex items-center gap-3 border-b border-line bg-sunken px-4 py-2 text-sm">
      <p className="min-w-0 truncate" aria-live="polite">
        Deleted “{entry.prompt.trim().split("\n")[0]}”.
      </p>
      <Button size="small" className="ml-auto" onClick={onRestore}>
        Undo
      </Button>
    </div>
  );
}

function NoRuns() {
  return (
    <EmptyState
      title="No runs yet"
      action={
        <Link href="/playground" className={buttonClass("primary")}>
          Open the playground
        </Link>
      }
    >
      Every prompt you send is kept here with its tokens, numbers and the container that answered, until you
      delete it.
    </EmptyState>
  );
}
