import type { Tone } from "#components/ui/badge.tsx";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import type { CellState, ExperimentStatus, Progress } from "#lib/experiment/experiment-view.ts";

export const KIND_NAMES: Record<ExperimentSpec["kind"], string> = {
  samples: "Samples",
  sweep: "Temperature sweep",
  compare: "Comparison",
  classify: "Classification",
};

export const STATUS_BADGES: Record<ExperimentStatus, { tone: Tone; label: string }> = {
  running: { tone: "busy", label: "Running" },
  stopped: { tone: "warn", label: "Stopped" },
  finished: { tone: "good", label: "Finished" },
};

export const CELL_BADGES: Record<CellState, { tone: Tone; label: string }> = {
  waiting: { tone: "plain", label: "Waiting" },
  running: { tone: "busy", label: "Running" },
  done: { tone: "good", label: "Done" },
  failed: { tone: "bad", label: "Failed" },
  stopped: { tone: "warn", label: "Stopped" },
};

/** What an experiment is, in a line. */
export function titleOf(spec: ExperimentSpec): string {
  switch (spec.kind) {
    case "samples":
      return `${spec.samples} samples`;
    case "sweep": {
      const each = spec.samples === 1 ? "" : `, ${spec.samples} samples each`;
      return `Sweep of ${spec.temperatures.length} temperatures${each}`;
    }
    case "compare":
      return spec.request.endpointName === spec.against.endpointName
        ? `${spec.request.endpointName} in two ways`
        : `${spec.request.endpointName} and ${spec.against.endpointName}`;
    case "classify":
      return `Classification of ${spec.rows.length.toLocaleString("en")} texts`;
  }
}

/** How far it is: what is not said is nothing. */
export function progressWords({ total, done, running, waiting, failed, stopped }: Progress): string {
  const others = [
    [running, "running"],
    [waiting, "waiting"],
    [stopped, "stopped"],
    [failed, "failed"],
  ] as const;
  const rest = others.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [`${done} of ${total} done`, ...rest].join(", ");
}
