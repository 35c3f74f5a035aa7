import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { NewComparison } from "#components/compare/new-comparison.tsx";
import { KindTabs } from "#components/experiments/kind-tabs.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "Compare" };

export default function Page() {
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
        The same words to two endpoints, or to one in two ways. Nothing is sent before you start it.
      </PageHeader>
      <Suspense fallback={<Skeleton label="Loading the form" rows={8} />}>
        <KindTabs />
        <NewComparison />
      </Suspense>
    </>
  );
}
