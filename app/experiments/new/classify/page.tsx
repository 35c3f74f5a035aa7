import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { deleteTemplate, saveTemplate } from "#app/playground/actions.ts";
import { NewClassification } from "#components/classify/new-classification.tsx";
import { KindTabs } from "#components/experiments/kind-tabs.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "Classify" };

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
        Labelled texts, one request each: how often the labels agree, and what the probabilities are worth.
        Nothing is sent before you start it.
      </PageHeader>
      <Suspense fallback={<Skeleton label="Loading the form" rows={8} />}>
        <KindTabs />
        <NewClassification templates={{ save: saveTemplate, remove: deleteTemplate }} />
      </Suspense>
    </>
  );
}
