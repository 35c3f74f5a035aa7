"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { Age } from "#components/ui/age.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { arrangeEndpoints } from "#lib/endpoint/arrange-endpoints.ts";
import { EndpointFilter } from "./endpoint-filter.tsx";
import { EndpointTable } from "./endpoint-table.tsx";
import { type EndpointsAnswer, endpointsQuery } from "./queries.ts";
import { endpointSearchParams } from "./search-params.ts";

/** Every endpoint of the account and region, live. */
export function EndpointList({ initial }: { initial?: EndpointsAnswer }) {
  const { data, isPending, isError, refetch } = useQuery({
    ...endpointsQuery,
    ...(initial ? { initialData: initial } : {}),
  });
  const [view, setView] = useQueryStates(endpointSearchParams, { history: "replace" });

  if (isPending) return <Skeleton label="Loading the endpoints" rows={5} />;
  if (isError || !data) {
    return (
      <div className="p-4">
        <FailureNotice
          failure={{
            code: "unreachable",
            message: "The Sagescope server does not answer.",
            hint: "Check the terminal in which it runs, then try again.",
          }}
          action={<Button onClick={() => refetch()}>Try again</Button>}
        />
      </div>
    );
  }

  const rows = arrangeEndpoints(data.endpoints, view);
  return (
    <>
      {data.failure ? (
        <div className="border-b border-line p-4">
          <FailureNotice
            failure={data.failure}
            action={<Button onClick={() => refetch()}>Try again</Button>}
          />
        </div>
      ) : null}
      {data.endpoints.length === 0 ? (
        data.failure ? null : (
          <NoEndpoints />
        )
      ) : (
        <>
          <EndpointFilter view={view} onChange={setView} shown={rows.length} total={data.endpoints.length} />
          {rows.length > 0 ? (
            <EndpointTable rows={rows} view={view} onSort={setView} />
          ) : (
            <EmptyState
              title="No endpoint fits the filter"
              action={<Button onClick={() => setView({ text: "", status: null })}>Clear the filter</Button>}
            />
          )}
        </>
      )}
      {data.asOf > 0 ? (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          As of <Age moment={data.asOf} />. The list keeps itself current while you look at it.
        </p>
      ) : null}
    </>
  );
}

function NoEndpoints() {
  return (
    <EmptyState
      title="No endpoints yet"
      action={
        <>
          <Link href="/deploy" className={buttonClass("primary")}>
            Deploy a model
          </Link>
          <Link href="/endpoints/new" className={buttonClass()}>
            Create endpoint
          </Link>
        </>
      }
    >
      An endpoint is a model behind an address: create one, wait until it is in service, then prompt it in the
      playground.
    </EmptyState>
  );
}
