import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { EndpointList } from "#components/endpoints/endpoint-list.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export const metadata: Metadata = { title: "Endpoints" };

export default function EndpointsPage() {
  return (
    <>
      <PageHeader
        title="Endpoints"
        action={
          <Link href="/endpoints/new" className={buttonClass("primary")}>
            Create endpoint
          </Link>
        }
      />
      <div className="overflow-hidden rounded-xl border border-line bg-surface">
        <Suspense fallback={<Skeleton label="Loading the endpoints" rows={5} />}>
          <EndpointList />
        </Suspense>
      </div>
    </>
  );
}
