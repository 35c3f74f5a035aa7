"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Definition } from "#components/ui/definition.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { costPerHour } from "#lib/endpoint/cost-per-hour.ts";
import type { EndpointDetail, Variant } from "#lib/endpoint/endpoint.ts";
import { describeExpiry, EXTENSION_HOURS, readExpiry } from "#lib/endpoint/expiry.ts";
import { canDelete, whyNotDelete } from "#lib/endpoint/status.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { DeleteEndpoint, type DeleteEndpointAction } from "./delete-endpoint.tsx";

export type ExtendExpiryAction = (input: { name: string }) => Promise<Result<{ expiresAt: string }>>;

/** When an endpoint is due to go, by its tag, with both ways on. Nothing where no tag says so. */
export function ExpiryNotice({
  endpoint,
  extend,
  remove,
}: {
  endpoint: EndpointDetail;
  extend: ExtendExpiryAction;
  /** Null where the page has its own button. */
  remove: DeleteEndpointAction | null;
}) {
  const now = useNow();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isExtending, startTransition] = useTransition();
  const expiresAt = readExpiry(endpoint.tags);
  if (expiresAt === null || now === null || endpoint.status === "Deleting") return null;
  const isFailed = endpoint.status === "Failed";
  const { isDue, sentence } = describeExpiry({ expiresAt, now, perHour: priceOf(endpoint.variants) });

  function stayLonger() {
    startTransition(async () => {
      const outcome = await extend({ name: endpoint.name });
      setFailure(outcome.ok ? null : outcome.failure);
      await queries.invalidateQueries({ queryKey: ["endpoints", endpoint.name] });
    });
  }

  return (
    <section
      aria-label="Expiry"
      className={classNames(
        "space-y-3 rounded-xl border px-4 py-3 text-sm",
        isDue ? "border-danger/30 bg-danger-soft" : "border-line bg-raised",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className={classNames("min-w-0 flex-1 basis-64", isDue && "font-medium text-danger")}>
          {isFailed ? "It failed and serves nobody. Delete it to free its name." : sentence}{" "}
          <Definition term="the expiry">
            <p>
              The tag sagescope:expires-at says {new Date(expiresAt).toISOString().replace(/\.\d+Z/, "Z")}. It
              is a reminder: nothing is deleted by itself, and nobody is reminded while Sagescope does not
              run.
            </p>
          </Definition>
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {isFailed ? null : (
            <Button disabled={isExtending} onClick={stayLonger}>
              {isExtending ? "Writing the tag…" : `Keep it ${EXTENSION_HOURS} h more`}
            </Button>
          )}
          {remove ? (
            <DeleteEndpoint
              name={endpoint.name}
              refusal={canDelete(endpoint.status) ? null : whyNotDelete(endpoint.status)}
              action={remove}
            />
          ) : null}
        </div>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
    </section>
  );
}

/** US dollars an hour of all variants; null as soon as one is unknown. */
function priceOf(variants: readonly Variant[]): number | null {
  let sum = 0;
  for (const { instanceType, currentInstances } of variants) {
    const price = costPerHour(instanceType, currentInstances);
    if (price === null) return null;
    sum += price;
  }
  return sum;
}
