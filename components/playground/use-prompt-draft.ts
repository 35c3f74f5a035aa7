"use client";

import { useSyncExternalStore } from "react";

const KEY = "sagescope-prompt";
const listeners = new Set<() => void>();

function read(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    // Storage can be forbidden; the prompt then lives as long as the page.
    return memory;
  }
}

let memory = "";

function write(prompt: string): void {
  memory = prompt;
  try {
    sessionStorage.setItem(KEY, prompt);
  } catch {
    // See above: typed text stays in memory.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was typed survives a reload, a crash of the page and a wander to another one. It never leaves the tab. */
export function usePromptDraft(): [string, (prompt: string) => void] {
  return [useSyncExternalStore(subscribe, read, () => ""), write];
}
