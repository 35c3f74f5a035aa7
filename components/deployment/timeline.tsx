"use client";

import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatSpan } from "#components/wizard/format-figure.ts";
import type { DeploymentView } from "#lib/deploy/deployment-view.ts";

type State = "waiting" | "running" | "done" | "failed";
type Stage = {
  name: string;
  title: string;
  state: State;
  startedAt: number | null;
  endedAt: number | null;
  note: string | null;
};

const TITLES: Readonly<Record<string, string>> = {
  upload: "Upload the archive",
  create: "Create model, configuration and endpoint",
  capacity: "Wait for a machine",
  image: "Pull the image",
  download: "Download the model",
  load: "Load it into memory",
  ping: "Answer the health check",
};

const WORDS: Record<State, { tone: Tone; word: string }> = {
  waiting: { tone: "plain", word: "waiting" },
  running: { tone: "busy", word: "running" },
  done: { tone: "good", word: "done" },
  failed: { tone: "bad", word: "failed" },
};

/** Our own steps and SageMaker's phases as one line of time, each with how long it took. */
export function Timeline({ view }: { view: DeploymentView }) {
  const { deployment, phases } = view;
  const stages: Stage[] = [
    ...deployment.steps.map((step) => ({
      ...step,
      title:
        step.name === "create" && deployment.kind === "component"
          ? "Create model and component"
          : (TITLES[step.name] ?? step.name),
    })),
    ...phases.map(({ evidence, ...phase }) => ({
      ...phase,
      title: TITLES[phase.name] ?? phase.name,
      note: evidence,
    })),
  ];
  return (
    <Panel
      title="Timeline"
      aside={
        <Definition term="the phases">
          <p>
            SageMaker names no phases of a start. Their borders are the first message or log line that belongs
            to the next one; where none came, the two stay one and no time is claimed.
          </p>
        </Definition>
      }
    >
      <ol className="space-y-4 border-l-2 border-line pl-4">
        {stages.map((stage) => (
          <li
            key={stage.name}
            aria-current={stage.state === "running" ? "step" : undefined}
            className="text-sm"
          >
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className={stage.state === "waiting" ? "text-muted" : "font-medium"}>{stage.title}</span>
              <span className="flex items-center gap-2">
                <Span stage={stage} asOf={view.asOf} />
                <Badge tone={WORDS[stage.state].tone} pulse={stage.state === "running"}>
                  {WORDS[stage.state].word}
                </Badge>
              </span>
            </div>
            {stage.name === "upload" && deployment.upload ? <Upload {...deployment.upload} /> : null}
            {stage.note ? (
              <p className="mt-1 text-xs text-muted [overflow-wrap:anywhere]">{stage.note}</p>
            ) : null}
          </li>
        ))}
      </ol>
      {deployment.state === "accepted" && phases.length === 0 ? (
        <p className="mt-3 text-xs text-muted">
          SageMaker has accepted it; its status could not be read yet.
        </p>
      ) : null}
    </Panel>
  );
}

function Span({ stage, asOf }: { stage: Stage; asOf: number }) {
  const now = useNow();
  if (stage.state === "waiting") return null;
  if (stage.startedAt === null) return <span className="text-xs text-muted">with the one before</span>;
  const end = stage.endedAt ?? (stage.state === "running" ? Math.max(now ?? asOf, asOf) : null);
  if (end === null) return <span className="text-xs text-muted">end not seen</span>;
  return (
    <span className="text-xs tabular-nums text-muted" suppressHydrationWarning>
      {formatSpan(end - stage.startedAt)}
    </span>
  );
}

function Upload({ sent, total }: { sent: number; total: number }) {
  return (
    <div className="mt-1.5 flex items-center gap-2 text-xs text-muted">
      <progress className="h-1.5 w-40 accent-(--accent)" value={sent} max={Math.max(total, 1)}>
        {sent} of {total}
      </progress>
      <span className="tabular-nums">
        {sent.toLocaleString("en")} of {total.toLocaleString("en")} bytes
      </span>
    </div>
  );
}
