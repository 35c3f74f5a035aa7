"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";

const TABS = [
  { path: "/experiments/new", label: "Ask many times" },
  { path: "/experiments/new/compare", label: "Compare two" },
  { path: "/experiments/new/classify", label: "Classify texts" },
] as const;

/** The kinds of experiment. What is set goes along from one to the other. */
export function KindTabs() {
  const path = usePathname();
  const address = useSearchParams();
  return (
    <nav aria-label="Kinds of experiment" className="mb-5 overflow-x-auto">
      <ul className="flex gap-1 border-b border-line">
        {TABS.map((tab) => {
          const isHere = path === tab.path;
          const to: Route = `${tab.path}?${address}`;
          return (
            <li key={tab.path}>
              <Link
                href={to}
                aria-current={isHere ? "page" : undefined}
                className={`-mb-px block whitespace-nowrap border-b-2 px-3 py-2 text-sm font-medium ${isHere ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink"}`}
              >
                {tab.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
