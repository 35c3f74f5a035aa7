"use client";

import { useState } from "react";
import { Button } from "./button.tsx";

/** Copies text; says so where it was clicked, and says so too when the browser refuses. */
export function CopyButton({ text, label = "Copy" }: { text: string | (() => string); label?: string }) {
  const [outcome, setOutcome] = useState<"none" | "done" | "refused">("none");
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setOutcome("done");
    } catch {
      // A browser may refuse the clipboard (permissions, focus); the person can still select by hand.
      setOutcome("refused");
    }
    setTimeout(() => setOutcome("none"), 2000);
  }
  const words = { none: label, done: "Copied", refused: "Select and copy by hand" }[outcome];
  return (
    <Button look="quiet" size="small" onClick={copy}>
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
