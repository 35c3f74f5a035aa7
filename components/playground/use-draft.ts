"use client";

import { useSyncExternalStore } from "react";

/** What is typed, by name. Values are texts; whoever keeps more writes JSON and reads it with a schema. */
const DRAFTS = {
  prompt: "sagescope-prompt",
  system: "sagescope-system",
  variables: "sagescope-variables",
} as const;

type DraftName = keyof typeof DRAFTS;

const memory = new Map<string, string>();
const listeners = new Set<() => void>();

/** This tab's own draft; a new tab begins with the last one that was written anywhere. */
function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? "";
  } catch {
    // Storage can be forbidden; drafts then live as long as the page.
    return memory.get(key) ?? "";
  }
}

function write(key: string, text: string): void {
  memory.set(key, text);
  try {
    sessionStorage.setItem(key, text);
    localStorage.setItem(key, text);
  } catch {
    // See above: typed text stays in memory.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
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
