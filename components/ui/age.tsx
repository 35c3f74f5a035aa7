"use client";

import { relativeTime } from "./relative-time.ts";
import { useNow } from "./use-now.ts";

/** How long ago, with the exact moment one hover away. */
export function Age({ moment }: { moment: number }) {
  const now = useNow();
  const exact = new Date(moment).toISOString();
  return (
    <time dateTime={exact} title={exact.replace("T", " ").replace(/\.\d+Z/, " UTC")} suppressHydrationWarning>
      {now === null ? "…" : relativeTime(moment, now)}
    </time>
  );
}
