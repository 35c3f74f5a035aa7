import { Age } from "#components/ui/age.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { EndpointDetail } from "#lib/endpoint/endpoint.ts";
import { StatusBadge } from "./status-badge.tsx";

export function StatusHistory({ history }: { history: EndpointDetail["history"] }) {
  return (
    <Panel
      title="Status history"
      aside={
        <Definition term="the status history">
          <p>
            AWS keeps no history of an endpoint. These are the changes that this Sagescope server has seen
            since it started, newest first; a change nobody watched is missing.
          </p>
        </Definition>
      }
    >
      {history.length === 0 ? (
        <p className="text-sm text-muted">Nothing seen yet.</p>
      ) : (
        <ol className="space-y-3 border-l-2 border-line pl-4">
          {history.toReversed().map((change, index) => (
            <li key={`${change.status}-${change.at}`} className="text-sm">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <StatusBadge status={change.status} isPast={index > 0} />
                <span className="text-xs text-muted">
                  <Age moment={change.at} />
                </span>
              </div>
              {change.note ? (
                <p className="mt-1 text-xs text-muted [overflow-wrap:anywhere]">{change.note}</p>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
