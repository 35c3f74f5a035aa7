"use client";

import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";

/** Where bugs end. The message of an unknown error is never shown: it can hold anything. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <FailureNotice
      failure={{
        code: "unexpected",
        message: "Something in Sagescope itself went wrong on this page.",
        hint: "Try again. If it comes back, the terminal in which Sagescope runs has the details.",
      }}
      action={
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}
