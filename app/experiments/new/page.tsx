import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { KindTabs } from "#components/experiments/kind-tabs.tsx";
import { NewExperiment } from "#components/experiments/new-experiment.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "New experiment" };

export default function NewExperimentPage() {
  return (
    <>
      <PageHeader
        title="New experiment"
        above={
          <Link href="/experiments" className="hover:text-ink">
            Experiments
          </Link>
        }
      >
        One question, asked many times. Nothing is sent before you start it.
      </PageHeader>
      <Suspense fallback={<Skeleton label="Loading the form" rows={8} />}>
        <KindTabs />
        <NewExperiment />
      </Suspense>
    </>
  );
}
