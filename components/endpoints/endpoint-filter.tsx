import { Input, Select } from "#components/ui/field.tsx";
import type { EndpointArrangement } from "#lib/endpoint/arrange-endpoints.ts";
import { ENDPOINT_STATUSES } from "#lib/endpoint/endpoint.ts";

export function EndpointFilter({
  view,
  onChange,
  shown,
  total,
}: {
  view: EndpointArrangement;
  onChange: (change: Partial<EndpointArrangement>) => void;
  shown: number;
  total: number;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line p-3">
      <div className="min-w-48 flex-1 sm:max-w-sm">
        <Input
          type="search"
          aria-label="Filter endpoints"
          placeholder="Filter by name"
          value={view.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      </div>
      <div>
        <Select
          aria-label="Status"
          value={view.status ?? ""}
          onChange={(event) =>
            onChange({ status: ENDPOINT_STATUSES.find((status) => status === event.target.value) ?? null })
          }
        >
          <option value="">Any status</option>
          {ENDPOINT_STATUSES.map((status) => (
            <option key={status}>{status}</option>
          ))}
        </Select>
      </div>
      <p role="status" className="ml-auto text-xs text-muted">
        {shown === total ? `${total} endpoint${total === 1 ? "" : "s"}` : `${shown} of ${total} endpoints`}
      </p>
    </div>
  );
}
