import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { EndpointList } from "#components/endpoints/endpoint-list.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";

export const metadata: Metadata = { title: "Endpoints" };

/** The first list comes with the page; from then on the browser asks. */
async function Listed() {
  const read = await endpointWatch().list();
  if (!read.ok) return <EndpointList />;
  const { value: endpoints, asOf, failure } = read.value;
  return <EndpointList initial={{ endpoints, asOf, ...(failure ? { failure } : {}) }} />;
}

export default function EndpointsPage() {
  return (
    <>
      <PageHeader
        title="Endpoints"
        action={
          <>
            <Link href="/endpoints/new" className={buttonClass()}>
              Create endpoint
            </Link>
            <Link href="/deploy" className={buttonClass("primary")}>
              Deploy a model
            </Link>
          </>
        }
      />
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <Suspense fallback={<Skeleton label="Loading the endpoints" rows={5} />}>
          <Listed />
        </Suspense>
      </div>
    </>
  );
}
