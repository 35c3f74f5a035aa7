import { CopyButton } from "#components/ui/copy-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export type WireLine = { raw: string; at: number | null; part: number; malformed: boolean };

/** The lines of the answer as the container sent them, with the body that asked for them. */
export function WireView({ requestBody, lines }: { requestBody: string | null; lines: readonly WireLine[] }) {
  if (requestBody === null && lines.length === 0) {
    return (
      <EmptyState title="Nothing on the wire yet">
        Run a prompt: the request body and every line of the answer appear here as they were sent.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-3 p-4 font-mono text-xs lg:max-h-(--answer-height) lg:overflow-y-auto">
      {requestBody === null ? null : (
        <div>
          <div className="mb-1 flex items-center justify-between font-sans">
            <h3 className="font-semibold">Request body</h3>
            <CopyButton text={requestBody} label="Copy request" />
          </div>
          <pre className="max-h-48 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 [overflow-wrap:anywhere]">
            {requestBody}
          </pre>
        </div>
      )}
      <div>
        <div className="mb-1 flex items-center justify-between font-sans">
          <h3 className="font-semibold">
            {lines.length} line{lines.length === 1 ? "" : "s"} of the answer
          </h3>
          <CopyButton text={() => lines.map((line) => line.raw).join("\n")} label="Copy lines" />
        </div>
        <ol className="divide-y divide-line rounded-lg border border-line">
          {lines.map((line, position) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended.
              key={position}
              className="grid grid-cols-[5.5rem_1fr] gap-3 px-3 py-1 [contain-intrinsic-size:auto_1.75rem] [content-visibility:auto]"
            >
              <span className="text-right tabular-nums text-muted">
                {line.at === null ? "" : `${line.at.toFixed(1)} ms`}
              </span>
              <code className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                {line.malformed ? <strong className="text-danger">cannot be read: </strong> : null}
                {line.raw}
              </code>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
