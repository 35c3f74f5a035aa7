import type { ReactNode } from "react";
import type { Failure } from "#lib/failure.ts";
import { Icon } from "./icons.tsx";

/** The only thing that shows a failure: what happened, what to do next, and others' words as a quotation. */
export function FailureNotice({ failure, action }: { failure: Failure; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="rounded-xl border border-danger/30 bg-danger-soft px-4 py-3 text-sm text-ink [overflow-wrap:anywhere]"
    >
      <p className="flex items-baseline gap-2 font-medium text-danger">
        <Icon name="cross" className="size-3 shrink-0" />
        <span className="min-w-0">{failure.message}</span>
      </p>
      {failure.hint ? <p className="mt-1">{failure.hint}</p> : null}
      {failure.detail ? (
        <pre className="mt-2 max-h-48 overflow-auto whitespace-pre-wrap rounded-lg bg-surface p-2 font-mono text-xs">
          {failure.detail}
        </pre>
      ) : null}
      {failure.logUrl ? (
        <p className="mt-2">
          <a href={failure.logUrl} target="_blank" rel="noreferrer" className="font-medium underline">
            Open the container's log in CloudWatch
          </a>
        </p>
      ) : null}
      {action ? <div className="mt-3 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
