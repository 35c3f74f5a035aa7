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
      <Link href={toComparison(address, endpoint)} className={buttonClass("quiet", "small")}>
        Compare with another endpoint
      </Link>
    </div>
  );
}

function toComparison(address: URLSearchParams, endpoint: string): Route {
  return `/experiments/new/compare?${carried(address, endpoint)}`;
}

function toExperiment(kind: string, address: URLSearchParams, endpoint: string): Route {
  const query = carried(address, endpoint);
  query.set("kind", kind);
  return `/experiments/new?${query}`;
}

function carried(address: URLSearchParams, endpoint: string): URLSearchParams {
  const query = new URLSearchParams(address);
  for (const name of ["run", "view"]) query.delete(name);
  if (endpoint !== "") query.set("endpoint", endpoint);
  return query;
}
