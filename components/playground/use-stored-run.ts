"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import type { Failure } from "#lib/failure.ts";
import type { StoredAnswer } from "#lib/history/stored-answer.ts";
import { storedRunQuery } from "./queries.ts";

const UNREAD: Failure = {
  code: "unreachable",
  message: "This run could not be read from the history.",
  hint: "Check that Sagescope still runs in its terminal, then reload the page.",
};

/**
 * Opens the run that the address names where the page shows none. `onFound` gets it with the runs that it goes on
 * from. The failure says why it cannot be opened.
 */
export function useStoredRun(
  named: string,
  isIdle: boolean,
  onFound: (chain: readonly StoredAnswer[]) => void,
): Failure | null {
  const wanted = named !== "" && isIdle;
  const { data, isError } = useQuery({ ...storedRunQuery(named), enabled: wanted });
  // The external system is the server's history, which answers after the page was drawn.
  const found = useEffectEvent(onFound);
  useEffect(() => {
    if (wanted && data?.ok) found(data.value);
  }, [wanted, data]);
  if (!wanted) return null;
  if (isError) return UNREAD;
  return data?.ok === false ? data.failure : null;
}

/** Tells of each run that the server gave a name to. */
export function useAnnouncedRun(runId: string | null, onAnnounced: (runId: string) => void) {
  // The external system is the address bar.
  const announce = useEffectEvent(onAnnounced);
  useEffect(() => {
    if (runId !== null) announce(runId);
  }, [runId]);
}
