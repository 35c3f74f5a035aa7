import type { Metadata } from "next";
import { Suspense } from "react";
import { ExperimentPage } from "#components/experiments/experiment-page.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "Experiment" };

export default async function Page({ params }: PageProps<"/experiments/[id]">) {
  const { id } = await params;
  return (
    <Suspense fallback={<Skeleton label="Loading the experiment" rows={8} />}>
      <ExperimentPage id={decodeURIComponent(id)} />
    </Suspense>
  );
}
