import type { Metadata } from "next";
import Link from "next/link";
import { ExperimentList } from "#components/experiments/experiment-list.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

export const metadata: Metadata = { title: "Experiments" };

export default function ExperimentsPage() {
  return (
    <>
      <PageHeader
        title="Experiments"
        action={
          <Link href="/experiments/new" className={buttonClass("primary")}>
            New experiment
          </Link>
        }
      >
        One question, asked many times: how much the answers differ, and which of them to trust.
      </PageHeader>
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <ExperimentList />
      </div>
    </>
  );
}
