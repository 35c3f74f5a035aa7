"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Age } from "#components/ui/age.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { EndpointDetail } from "#lib/endpoint/endpoint.ts";
import { explainFailureReason } from "#lib/endpoint/failure-reason.ts";
import { canDelete, canInvoke, whyNotDelete } from "#lib/endpoint/status.ts";
import { DeleteEndpoint, type DeleteEndpointAction } from "./delete-endpoint.tsx";
import { EndpointFacts } from "./endpoint-facts.tsx";
import { ExpiryNotice, type ExtendExpiryAction } from "./expiry-notice.tsx";
import { endpointQuery } from "./queries.ts";
import { StatusBadge } from "./status-badge.tsx";
import { StatusHistory } from "./status-history.tsx";
import { VariantPanel } from "./variant-panel.tsx";

/** One endpoint, live: what it is, what it runs, what happened to it. */
export function EndpointPage({
  name,
  deleteAction,
  extendAction,
}: {
  name: string;
  deleteAction: DeleteEndpointAction;
  extendAction: ExtendExpiryAction;
}) {
  const { data, isPending, isError, refetch } = useQuery(endpointQuery(name));
  if (isPending) return <Skeleton label={`Loading ${name}`} rows={8} />;
  if (isError || !data || !data.ok) {
    const failure =
      data && !data.ok
        ? data.failure
        : {
            code: "unreachable" as const,
            message: "The Sagescope server does not answer.",
            hint: "Check the terminal in which it runs, then try again.",
          };
    return (
      <>
        <PageHeader title={name} above={<AllEndpoints />} />
        <FailureNotice
          failure={failure}
          action={
            <>
              <Button onClick={() => refetch()}>Try again</Button>
              <Link href="/endpoints" className={buttonClass()}>
                All endpoints
              </Link>
            </>
          }
        />
      </>
    );
  }
  return <Detail endpoint={data.value} deleteAction={deleteAction} extendAction={extendAction} />;
}

function Detail({
  endpoint,
  deleteAction,
  extendAction,
}: {
  endpoint: EndpointDetail;
  deleteAction: DeleteEndpointAction;
  extendAction: ExtendExpiryAction;
}) {
  return (
    <>
      <PageHeader
        title={endpoint.name}
        above={<AllEndpoints />}
        action={
          <>
            {canInvoke(endpoint.status) ? (
              <Link
                href={`/playground?endpoint=${encodeURIComponent(endpoint.name)}`}
                className={buttonClass("primary")}
              >
                Open in the playground
              </Link>
            ) : null}
            <DeleteEndpoint
              name={endpoint.name}
              refusal={canDelete(endpoint.status) ? null : whyNotDelete(endpoint.status)}
              action={deleteAction}
            />
          </>
        }
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusBadge status={endpoint.status} />
          <span>
            created <Age moment={endpoint.createdAt} />
          </span>
          <span>
            last change <Age moment={endpoint.modifiedAt} />
          </span>
        </div>
      </PageHeader>
      <div className="mb-5 empty:hidden">
        <ExpiryNotice endpoint={endpoint} extend={extendAction} remove={null} />
      </div>
      {endpoint.failureReason ? (
        <div className="mb-5">
          <FailureNotice failure={explainFailureReason(endpoint.failureReason)} />
        </div>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="space-y-5">
          {endpoint.variants.map((variant) => (
            <VariantPanel key={variant.name} variant={variant} />
          ))}
        </div>
        <div className="space-y-5">
          <StatusHistory history={endpoint.history} />
          <EndpointFacts endpoint={endpoint} />
        </div>
      </div>
    </>
  );
}

function AllEndpoints() {
  return (
    <Link href="/endpoints" className="rounded underline-offset-4 hover:text-ink hover:underline">
      <span aria-hidden="true">← </span>Endpoints
    </Link>
  );
}
