"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Failure, Result } from "#lib/failure.ts";

export type DeleteEndpointAction = (input: {
  name: string;
  confirmation: string;
}) => Promise<Result<{ name: string }>>;

/** Deleting takes the endpoint's name, typed: it cannot be undone and requests in flight are lost. */
export function DeleteEndpoint({
  name,
  refusal,
  action,
}: {
  name: string;
  /** Why it cannot be deleted now, or null. */
  refusal: string | null;
  action: DeleteEndpointAction;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [confirmation, setConfirmation] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  function submit() {
    startTransition(async () => {
      const outcome = await action({ name, confirmation });
      if (outcome.ok) router.push("/endpoints");
      else setFailure(outcome.failure);
    });
  }

  return (
    <>
      <Button
        look="warning"
        disabled={refusal !== null}
        title={refusal ?? undefined}
        onClick={() => setOpen(true)}
      >
        Delete endpoint
      </Button>
      <Dialog title={`Delete ${name}?`} open={open} onClose={() => setOpen(false)}>
        <p>
          The endpoint stops answering at once and stops costing money when its instances are gone. Its
          endpoint configuration and models go with it where Sagescope created them; others stay.
        </p>
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="Type the endpoint name to confirm" hint={name}>
            {(ids) => (
              <Input
                {...ids}
                autoComplete="off"
                spellCheck={false}
                value={confirmation}
                onChange={(event) => setConfirmation(event.target.value)}
              />
            )}
          </Field>
          {failure ? <FailureNotice failure={failure} /> : null}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button look="danger" type="submit" disabled={confirmation !== name || pending}>
              {pending ? "Deleting…" : "Delete"}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
