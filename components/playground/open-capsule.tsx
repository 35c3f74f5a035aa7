"use client";

import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Failure } from "#lib/failure.ts";
import { type Capsule, readCapsule } from "#lib/handover/capsule.ts";

/** A capsule of a long answer has a few megabytes; more would only stall the page. */
const LARGEST = 64 * 1_024 * 1_024;

const TOO_LARGE: Failure = { code: "invalid", message: "This file is larger than 64 MB, which no run is." };

/** Opens a run that somebody saved: a capsule, its page, or a recorded .ndjson. Nothing is sent anywhere. */
export function OpenCapsule({ onOpen }: { onOpen: (capsule: Capsule) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function read(file: File) {
    const result =
      file.size > LARGEST ? { ok: false as const, failure: TOO_LARGE } : await readCapsule(await file.text());
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onOpen(result.value);
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label="File of a saved run"
        accept=".json,.ndjson,.jsonl,.html"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file again is a wish, too.
          target.value = "";
          if (file) void read(file);
        }}
      />
      <Button size="small" look="quiet" onClick={() => input.current?.click()}>
        Open a saved run
      </Button>
      {failure ? (
        <p role="alert" className="text-xs text-danger">
          {failure.message} {failure.hint}
        </p>
      ) : null}
    </>
  );
}
