"use client";

import { useSyncExternalStore } from "react";

/** What is typed, by name. Values are texts; whoever keeps more writes JSON and reads it with a schema. */
const DRAFTS = {
  prompt: "sagescope-prompt",
  system: "sagescope-system",
  variables: "sagescope-variables",
  table: "sagescope-table",
  labels: "sagescope-labels",
  classifyPrompt: "sagescope-classify-prompt",
} as const;

type DraftName = keyof typeof DRAFTS;

/** What storage did not take, as it is forbidden or the text is long: it lives as long as the page. */
const unstored = new Map<string, string>();
const listeners = new Set<() => void>();

/** This tab's own draft; a new tab begins with the last one that was written anywhere. */
function read(key: string): string {
  const kept = unstored.get(key);
  if (kept !== undefined) return kept;
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? "";
  } catch {
    // Storage can be forbidden.
    return "";
  }
}

function write(key: string, text: string): void {
  unstored.delete(key);
  try {
    sessionStorage.setItem(key, text);
    localStorage.setItem(key, text);
  } catch {
    unstored.set(key, text);
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A draft as it stands at this moment, for whoever needs it and does not show it. */
export function readDraft(name: DraftName): string {
  return read(DRAFTS[name]);
}

export function writeDraft(name: DraftName, text: string): void {
  write(DRAFTS[name], text);
}

/** What was typed survives a reload, a crash of the browser and a wander to another page. It never leaves the browser. */
export function useDraft(name: DraftName): [string, (text: string) => void] {
  const key = DRAFTS[name];
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => "",
  );
  return [text, (next) => write(key, next)];
}
