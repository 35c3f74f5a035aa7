import type { Metadata } from "next";
import { Suspense } from "react";
import { Playground } from "#components/playground/playground.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { deleteTemplate, saveTemplate } from "./actions.ts";

export const metadata: Metadata = { title: "Playground" };

export default function PlaygroundPage() {
  return (
    <Suspense fallback={<Skeleton label="Loading the playground" rows={8} />}>
      <Playground templates={{ save: saveTemplate, remove: deleteTemplate }} />
    </Suspense>
  );
}
