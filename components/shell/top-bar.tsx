import Link from "next/link";
import type { ReactNode } from "react";
import { MainNavigation } from "./main-navigation.tsx";
import type { Theme } from "./theme.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

/** `connection` is the strip below: the page streams it, so that a slow AWS does not hold up the rest. */
export function TopBar({ theme, connection }: { theme: Theme; connection: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex min-h-14 max-w-[1680px] flex-wrap items-center gap-x-6 gap-y-1.5 px-4 py-2 sm:px-6">
          <Link href="/endpoints" className="flex items-center gap-2 rounded-lg">
            <Mark />
            <span className="text-base font-semibold tracking-tight">Sagescope</span>
          </Link>
          <div className="order-last -mx-2 w-full overflow-x-auto sm:order-none sm:mx-0 sm:w-auto">
            <MainNavigation />
          </div>
          <div className="ml-auto">
            <ThemeSwitch initial={theme} />
          </div>
        </div>
      </header>
      {connection}
    </>
  );
}

/** A lens over a line of tokens, the unsure one lit. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6">
      <circle cx="10.5" cy="10.5" r="8" fill="none" stroke="var(--accent)" strokeWidth="2" />
      <path d="m16.5 16.5 5 5" stroke="var(--accent)" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M5.5 10.5h2.5" stroke="var(--accent)" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M10 10.5h1.6" stroke="var(--heat-0)" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M13.6 10.5h2" stroke="var(--accent)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
