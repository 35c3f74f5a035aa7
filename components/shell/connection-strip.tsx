"use client";

import { useQuery } from "@tanstack/react-query";
import { classNames } from "#components/ui/class-names.ts";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Icon } from "#components/ui/icons.tsx";
import type { Connection } from "#lib/endpoint/connection.ts";
import { connectionQuery } from "./queries.ts";

/** Which account, region and host every call goes to: always there, and unlike for local and for AWS. */
export function ConnectionStrip({ initial }: { initial?: Connection }) {
  const { data, isError, isPending } = useQuery({
    ...connectionQuery,
    ...(initial ? { initialData: initial } : {}),
  });
  if (isPending) return <Strip look="unknown" place="Looking up the connection…" facts={[]} />;
  if (isError || !data)
    return <Strip look="unknown" place="The Sagescope server does not answer" facts={[]} />;
  const hosts = [...new Set([data.controlHost, data.runtimeHost])].filter((host) => host !== null);
  const facts = [
    { name: "Account", value: data.account ?? "unknown" },
    { name: "Region", value: data.region ?? "not set" },
    { name: hosts.length > 1 ? "Hosts" : "Host", value: hosts.join(" · ") || "unknown" },
    ...(data.profile ? [{ name: "Profile", value: data.profile }] : []),
  ];
  return (
    <>
      <Strip
        look={data.isLocal ? "local" : "aws"}
        place={data.isLocal ? "Local: nothing here costs money" : "AWS: endpoints cost money"}
        facts={facts}
      />
      {data.failure ? (
        <div className="mx-auto max-w-[1680px] px-4 pt-4 sm:px-6">
          <FailureNotice failure={data.failure} />
        </div>
      ) : null}
    </>
  );
}

const LOOKS = {
  local: "bg-accent-soft text-accent border-line",
  aws: "bg-warn-soft text-warn border-warn/40",
  unknown: "bg-sunken text-muted border-line",
} as const;

const MARKS = { local: "home", aws: "cloud", unknown: "ring" } as const;

function Strip({
  look,
  place,
  facts,
}: {
  look: keyof typeof LOOKS;
  place: string;
  facts: { name: string; value: string }[];
}) {
  return (
    <aside aria-label="Connection" className={classNames("border-b text-xs", LOOKS[look])}>
      <div className="mx-auto flex max-w-[1680px] flex-wrap items-center gap-x-5 gap-y-0.5 px-4 py-1.5 sm:px-6">
        <strong className="inline-flex items-center gap-1.5 font-semibold">
          <Icon name={MARKS[look]} />
          {place}
        </strong>
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5 font-mono">
          {facts.map((fact) => (
            <div key={fact.name} className="flex gap-1.5">
              <dt className="sr-only font-sans sm:not-sr-only">{fact.name}</dt>
              <dd className="[overflow-wrap:anywhere]">{fact.value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </aside>
  );
}
