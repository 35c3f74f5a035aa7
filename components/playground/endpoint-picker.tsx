"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { endpointQuery, endpointsQuery } from "#components/endpoints/queries.ts";
import { Field, Select } from "#components/ui/field.tsx";
import { canInvoke, whyNotInvoke } from "#lib/endpoint/status.ts";

/** Endpoints that can answer, and the others with the reason why they cannot. */
export function EndpointPicker({
  value,
  onChange,
  problem,
  label = "Endpoint",
}: {
  value: string;
  onChange: (name: string) => void;
  problem: string | undefined;
  label?: string;
}) {
  const { data, isPending } = useQuery(endpointsQuery);
  const endpoints = (data?.endpoints ?? []).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const ready = endpoints.filter((endpoint) => canInvoke(endpoint.status));
  const others = endpoints.filter((endpoint) => !canInvoke(endpoint.status));
  const chosen = endpoints.find((endpoint) => endpoint.name === value);
  const gone = value !== "" && data !== undefined && !chosen;
  const refusal = chosen ? whyNotInvoke(chosen.status) : null;

  return (
    <div className="space-y-1.5">
      <Field
        label={label}
        problem={problem ?? (gone ? `${value} is not there any more: pick another.` : refusal?.message)}
      >
        {(ids) => (
          <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
            {value === "" ? <option value="">{isPending ? "Loading…" : "Pick an endpoint"}</option> : null}
            {gone ? <option value={value}>{value} (gone)</option> : null}
            {ready.length > 0 ? (
              <optgroup label="In service">
                {ready.map((endpoint) => (
                  <option key={endpoint.name} value={endpoint.name}>
                    {endpoint.name}
                  </option>
                ))}
              </optgroup>
            ) : null}
            {others.length > 0 ? (
              <optgroup label="Cannot answer now">
                {others.map((endpoint) => (
                  <option key={endpoint.name} value={endpoint.name} disabled={endpoint.name !== value}>
                    {endpoint.name} ({endpoint.status})
                  </option>
                ))}
              </optgroup>
            ) : null}
          </Select>
        )}
      </Field>
      {others.length > 0 ? (
        <details className="text-xs text-muted">
          <summary className="hover:text-ink">{others.length} cannot answer now: why?</summary>
          <ul className="mt-1 space-y-0.5 pl-4">
            {others.map((endpoint) => (
              <li key={endpoint.name}>
                <Link href={`/endpoints/${endpoint.name}`} className="font-medium underline">
                  {endpoint.name}
                </Link>
                : {whyNotInvoke(endpoint.status)?.message}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {chosen && !refusal ? <ContainerLine name={chosen.name} /> : null}
      {data && endpoints.length === 0 && !gone ? (
        <p className="text-xs text-muted">
          There is no endpoint yet.{" "}
          <Link href="/endpoints/new" className="font-medium text-accent underline">
            Create one
          </Link>
          .
        </p>
      ) : null}
    </div>
  );
}

/** What the chosen endpoint runs, and whether it can show what this page is for. */
function ContainerLine({ name }: { name: string }) {
  const { data } = useQuery(endpointQuery(name));
  const container = data?.ok ? data.value.variants[0]?.container : null;
  if (!container) return null;
  return (
    <p className="text-xs text-muted">
      {container.label}
      {container.sendsLogProbs === false ? ": this back end sends no log probabilities" : null}
    </p>
  );
}
