"use client";

import { useNow } from "#components/ui/use-now.ts";
import { expiryWords } from "#lib/endpoint/expiry.ts";

/** When an endpoint was meant to be gone, below its name; nothing until the browser's clock is known. */
export function DueWords({ expiresAt }: { expiresAt: number }) {
  const now = useNow();
  if (now === null) return null;
  const isDue = expiresAt <= now;
  return (
    <span className={isDue ? "block text-xs text-danger" : "block text-xs font-normal text-muted"}>
      {expiryWords(expiresAt, now)}
    </span>
  );
}
