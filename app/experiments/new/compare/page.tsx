import type { Metadata } from "next";
import { NewComparison } from "#components/compare/new-comparison.tsx";
import { NewExperimentFrame } from "#components/experiments/new-experiment-frame.tsx";

export const metadata: Metadata = { title: "Compare" };

export default function Page() {
  return (
    <NewExperimentFrame about="The same words to two endpoints, or to one in two ways.">
      <NewComparison />
    </NewExperimentFrame>
  );
}
