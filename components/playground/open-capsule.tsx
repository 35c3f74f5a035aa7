"use client";

import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Failure } from "#lib/failure.ts";
import { type Capsule, LARGEST_CAPSULE, readCapsule } from "#lib/handover/capsule.ts";
import { keepCapsule } from "./queries.ts";

const TOO_LARGE: Failure = { code: "invalid", message: "This file is larger than 64 MB, which no run is." };

/**
 * Opens a run that somebody saved: a capsule, its page, or a recorded .ndjson. It goes into the history, so that a
 * reload finds it; where the history does not take it, `onShow` gets it all the same.
 */
export function OpenCapsule({
  onOpen,
  onShow,
}: {
  onOpen: (runId: string) => void;
  onShow: (capsule: Capsule) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function read(file: File) {
    if (file.size > LARGEST_CAPSULE) return setFailure(TOO_LARGE);
    const text = await file.text();
    const capsule = await readCapsule(text);
    if (!capsule.ok) return setFailure(capsule.failure);
    const kept = await keepCapsule(text);
    setFailure(kept.ok ? null : unkept(kept.failure));
    if (kept.ok) onOpen(kept.value);
    else onShow(capsule.value);
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

function unkept({ code, message }: Failure): Failure {
  return { code, message: "The run is shown, but the history did not take it:", hint: message };
}
