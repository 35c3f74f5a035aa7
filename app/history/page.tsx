import type { Metadata } from "next";
import { Suspense } from "react";
import { HistoryList } from "#components/history/history-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { deleteRun, markRun, restoreRun } from "./actions.ts";

export const metadata: Metadata = { title: "History" };

export default function HistoryPage() {
  return (
    <>
      <PageHeader title="History" />
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <Suspense fallback={<Skeleton label="Loading the history" rows={6} />}>
          <HistoryList markRun={markRun} deleteRun={deleteRun} restoreRun={restoreRun} />
        </Suspense>
      </div>
    </>
  );
}
