"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import type { StoredAnswer } from "#lib/history/stored-answer.ts";
import { storedRunQuery } from "./queries.ts";

/**
 * Opens the run that the address names, once, where the page has none of its own yet. `onFound` gets it with the
 * runs that it goes on from. The failure says why it cannot be opened.
 */
export function useStoredRun(
  named: string,
  here: string | null,
  onFound: (chain: readonly StoredAnswer[]) => void,
) {
  const [opened, setOpened] = useState("");
  const wanted = named !== "" && here === null && named !== opened;
  const { data } = useQuery({ ...storedRunQuery(named), enabled: wanted });
  // The external system is the server's history, which answers after the page was drawn.
  const found = useEffectEvent(onFound);
  useEffect(() => {
    if (!wanted || data === undefined) return;
    setOpened(named);
    if (data.ok) found(data.value);
  }, [wanted, data, named]);
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
