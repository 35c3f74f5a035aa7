"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { deploymentsQuery } from "#components/deployment/queries.ts";
import { Age } from "#components/ui/age.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";

const SHOWN = 5;
const WORDS = {
  running: { tone: "busy", word: "deploying" },
  accepted: { tone: "good", word: "accepted" },
  failed: { tone: "bad", word: "not deployed" },
} as const;

/** What was deployed before, so that a page that was closed is found again. */
export function RecentDeployments() {
  const { data } = useQuery(deploymentsQuery);
  if (!data || data.length === 0) return null;
  return (
    <Panel title="Deployed before" bodyClassName="">
      <ul className="divide-y divide-line">
        {data.slice(0, SHOWN).map(({ id, name, createdAt, state }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-sm">
            <Link
              href={`/deploy/${encodeURIComponent(id)}`}
              className="min-w-0 font-medium underline-offset-4 hover:underline [overflow-wrap:anywhere]"
            >
              {name}
            </Link>
            <span className="flex items-center gap-2 text-xs text-muted">
              <Age moment={createdAt} />
              <Badge tone={WORDS[state].tone}>{WORDS[state].word}</Badge>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
