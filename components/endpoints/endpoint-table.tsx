import Link from "next/link";
import { Age } from "#components/ui/age.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { EndpointArrangement, EndpointSort } from "#lib/endpoint/arrange-endpoints.ts";
import type { EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { canInvoke } from "#lib/endpoint/status.ts";
import { DueWords } from "./due-words.tsx";
import { StatusBadge } from "./status-badge.tsx";

const COLUMNS: readonly { sort: EndpointSort; label: string; className: string }[] = [
  { sort: "name", label: "Name", className: "pl-4 pr-2 sm:pr-4" },
  { sort: "status", label: "Status", className: "px-2 sm:px-4" },
  { sort: "created", label: "Created", className: "hidden px-4 sm:table-cell" },
  { sort: "modified", label: "Last change", className: "hidden px-4 md:table-cell" },
];

export function EndpointTable({
  rows,
  view,
  onSort,
}: {
  rows: EndpointSummary[];
  view: EndpointArrangement;
  onSort: (change: { sort: EndpointSort; descending: boolean }) => void;
}) {
  return (
    <table aria-label="Endpoints" className="w-full text-left text-sm">
      <thead>
        <tr className="border-b border-line text-xs text-muted">
          {COLUMNS.map((column) => (
            <th
              key={column.sort}
              scope="col"
              aria-sort={view.sort !== column.sort ? "none" : view.descending ? "descending" : "ascending"}
              className={`py-1.5 font-medium ${column.className}`}
            >
              <button
                type="button"
                className="-mx-1.5 rounded px-1.5 py-1 hover:text-ink"
                onClick={() =>
                  onSort({
                    sort: column.sort,
                    descending: view.sort === column.sort ? !view.descending : column.sort !== "name",
                  })
                }
              >
                {column.label}
                <span aria-hidden="true" className="inline-block w-4 text-center">
                  {view.sort === column.sort ? (view.descending ? "↓" : "↑") : ""}
                </span>
              </button>
            </th>
          ))}
          <th scope="col" className="px-4 py-1.5">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((endpoint) => (
          <tr key={endpoint.arn} className="border-b border-line last:border-0 hover:bg-sunken/60">
            <th scope="row" className="h-13 py-2 pl-4 pr-2 font-medium [overflow-wrap:anywhere] sm:pr-4">
              <Link
                href={`/endpoints/${endpoint.name}`}
                className="rounded underline-offset-4 hover:underline"
              >
                {endpoint.name}
              </Link>
              {endpoint.expiresAt === undefined || endpoint.status === "Deleting" ? null : (
                <DueWords expiresAt={endpoint.expiresAt} />
              )}
            </th>
            <td className="px-2 py-2 sm:px-4">
              <StatusBadge status={endpoint.status} />
            </td>
            <td className="hidden px-4 py-2 text-muted sm:table-cell">
              <Age moment={endpoint.createdAt} />
            </td>
            <td className="hidden px-4 py-2 text-muted md:table-cell">
              <Age moment={endpoint.modifiedAt} />
            </td>
            <td className="py-2 pl-2 pr-4 text-right">
              {canInvoke(endpoint.status) ? (
                <Link
                  href={`/playground?endpoint=${encodeURIComponent(endpoint.name)}`}
                  className={buttonClass("secondary", "small")}
                >
                  Prompt<span className="sr-only"> {endpoint.name}</span>
                </Link>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
