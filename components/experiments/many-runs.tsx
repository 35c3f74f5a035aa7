"use client";

import type { Route } from "next";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { buttonClass } from "#components/ui/button.tsx";

/** The ways from one prompt to many runs of it: endpoint and parameters are in the address, the prompt in its draft. */
export function ManyRuns({ endpoint }: { endpoint: string }) {
  const address = useSearchParams();
  return (
    <div className="-mx-2 flex flex-wrap gap-1">
      <Link href={toExperiment("samples", address, endpoint)} className={buttonClass("quiet", "small")}>
        Sample this prompt 8 times
      </Link>
      <Link href={toExperiment("sweep", address, endpoint)} className={buttonClass("quiet", "small")}>
        Sweep temperature
      </Link>
    </div>
  );
}

function toExperiment(kind: string, address: URLSearchParams, endpoint: string): Route {
  const query = new URLSearchParams(address);
  for (const name of ["run", "view"]) query.delete(name);
  query.set("kind", kind);
  if (endpoint !== "") query.set("endpoint", endpoint);
  return `/experiments/new?${query}`;
}
