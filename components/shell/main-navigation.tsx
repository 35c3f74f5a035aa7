"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "#components/ui/class-names.ts";

const PLACES: readonly { href: Route; label: string }[] = [
  { href: "/deploy", label: "Deploy" },
  { href: "/endpoints", label: "Endpoints" },
  { href: "/playground", label: "Playground" },
  { href: "/experiments", label: "Experiments" },
  { href: "/history", label: "History" },
];

export function MainNavigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="flex sm:gap-1">
      {PLACES.map((place) => {
        const current = path.startsWith(place.href);
        return (
          <Link
            key={place.href}
            href={place.href}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "rounded-lg px-1.5 py-1.5 text-[0.8125rem] font-medium hover:transition-colors sm:px-3 sm:text-sm",
              current
                ? "bg-accent-soft text-accent forced-colors:underline"
                : "text-muted hover:bg-sunken hover:text-ink",
            )}
          >
            {place.label}
          </Link>
        );
      })}
    </nav>
  );
}
