import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { FinishReason } from "#lib/run/run-event.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { FINISH_TONES } from "./finish-tones.ts";

/** Why the answer is over, what that means, and what fits to do next. */
export function FinishNotice({
  reason,
  limit,
  action,
}: {
  reason: FinishReason;
  /** Which limit of auto-continue ended the run, as a sentence. */
  limit: string | null;
  action?: ReactNode;
}) {
  const words = describeFinish(reason);
  return (
    <Panel title="Finish reason" bodyClassName="space-y-2 p-4 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={FINISH_TONES[reason.kind]}>{words.title}</Badge>
        <span className="text-xs text-muted">
          on the wire: <code className="font-mono">{reason.raw === null ? "nothing" : reason.raw}</code>
        </span>
      </p>
      <p>{words.explanation}</p>
      {limit ? <p className="font-medium">{limit}</p> : null}
      {reason.note ? <p className="text-xs text-muted">{reason.note}</p> : null}
      {action}
    </Panel>
  );
}
