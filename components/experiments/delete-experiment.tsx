"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import type { Failure } from "#lib/failure.ts";
import { deleteExperiment, experimentsQuery } from "./queries.ts";

/** Takes an experiment away, after saying what stays. */
export function DeleteExperiment({ id, isRunning }: { id: string; isRunning: boolean }) {
  const client = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function remove() {
    setBusy(true);
    const trouble = await deleteExperiment(id);
    setBusy(false);
    setFailure(trouble);
    if (trouble !== null) return;
    await client.invalidateQueries({ queryKey: experimentsQuery.queryKey, exact: true });
    router.push("/experiments");
  }

  return (
    <>
      <Button look="warning" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Dialog title="Delete this experiment?" open={open} onClose={() => setOpen(false)}>
        <p>
          {isRunning ? "It is stopped first. " : ""}Its runs stay in the history, each by itself; that they
          belong together is forgotten.
        </p>
        {failure ? <FailureNotice failure={failure} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()}>
            {busy ? "Deleting…" : "Delete"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
