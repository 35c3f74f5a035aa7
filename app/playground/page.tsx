import type { Metadata } from "next";
import { Suspense } from "react";
import { Playground } from "#components/playground/playground.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "Playground" };

export default function PlaygroundPage() {
  return (
    <Suspense fallback={<Skeleton label="Loading the playground" rows={8} />}>
      <Playground />
    </Suspense>
  );
}
