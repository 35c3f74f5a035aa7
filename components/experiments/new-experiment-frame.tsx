import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { KindTabs } from "./kind-tabs.tsx";

/** What the forms of every kind of experiment have around them; `about` says what this kind asks. */
export function NewExperimentFrame({ about, children }: { about: string; children: ReactNode }) {
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
        {about} Nothing is sent before you start it.
      </PageHeader>
      <Suspense fallback={<Skeleton label="Loading the form" rows={8} />}>
        <KindTabs />
        {children}
      </Suspense>
    </>
  );
}
