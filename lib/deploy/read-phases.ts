import type { EndpointStatus } from "#lib/endpoint/endpoint.ts";

export const PHASES = ["capacity", "image", "download", "load", "ping"] as const;
type PhaseName = (typeof PHASES)[number];

/** A line of a container's log; `at` in epoch ms. */
type Line = { at: number; text: string };

/** What is known of a start; every moment in epoch ms. */
export type StartEvidence = {
  acceptedAt: number;
  status: EndpointStatus;
  /** When the status last changed, as AWS says. */
  modifiedAt: number;
  /** StatusMessages of the variant, each when it was first seen. Their words are AWS's and may be missing. */
  messages: readonly Line[];
  lines: readonly Line[];
};

/** `startedAt` null in a phase that is over: nothing told it from the one before. `evidence` is what ended it. */
export type StartPhase = {
  name: PhaseName;
  state: "waiting" | "running" | "done" | "failed";
  startedAt: number | null;
  endedAt: number | null;
  evidence: string | null;
};

// Words of LMI's front end and of vLLM, s5cmd and Hugging Face, in the order of a start.
const MESSAGE_OF: readonly [PhaseName, RegExp][] = [
  ["image", /\bimage\b/i],
  ["download", /download/i],
  ["load", /engine|loading|starting the model/i],
];
const LOADING =
  /\b(starting|initiali[sz]ing|loading|start)\b.*\b(engine|model|weights|checkpoint|shards|worker|process)\b/i;
const NOT_LOADING = /model server|download/i;
const PING_ANSWERED = /"?GET \/ping[^"]*"? 200\b/;

/**
 * How far a start has come, from what AWS and the container say. SageMaker names no phases: a border is the
 * first message or log line that belongs to the next phase, and where none came the two stay one.
 */
export function readPhases(evidence: StartEvidence): StartPhase[] {
  const begins = findBorders(evidence);
  const isOver = evidence.status === "InService";
  const hasFailed = evidence.status === "Failed";
  const reached = PHASES.reduce((last, name, index) => (begins.has(name) ? index : last), 0);
  return PHASES.map((name, index): StartPhase => {
    const startedAt = begins.get(name)?.at ?? null;
    if (isOver || index < reached) {
      const next = PHASES.slice(index + 1).find((later) => begins.has(later));
      const border = next === undefined ? null : begins.get(next);
      const endedAt = border?.at ?? (isOver ? evidence.modifiedAt : null);
      return { name, state: "done", startedAt, endedAt, evidence: border?.text ?? null };
    }
    if (index > reached) return { name, state: "waiting", startedAt: null, endedAt: null, evidence: null };
    return hasFailed
      ? { name, state: "failed", startedAt, endedAt: evidence.modifiedAt, evidence: null }
      : { name, state: "running", startedAt, endedAt: null, evidence: null };
  });
}

/** The first moment that is known to belong to each phase; moments never run backwards. */
function findBorders(evidence: StartEvidence): Map<PhaseName, Line> {
  const found = new Map<PhaseName, Line>([["capacity", { at: evidence.acceptedAt, text: "" }]]);
  for (const [name, words] of MESSAGE_OF)
    keepFirst(
      found,
      name,
      evidence.messages.find(({ text }) => words.test(text)),
    );
  // No container writes before its machine and image are there: whatever it writes first ends both.
  keepFirst(found, "download", evidence.lines[0]);
  keepFirst(
    found,
    "load",
    evidence.lines.find(({ text }) => LOADING.test(text) && !NOT_LOADING.test(text)),
  );
  keepFirst(
    found,
    "ping",
    evidence.lines.find(({ text }) => PING_ANSWERED.test(text)),
  );
  let latest = evidence.acceptedAt;
  for (const name of PHASES) {
    const border = found.get(name);
    if (border === undefined) continue;
    latest = Math.max(latest, border.at);
    found.set(name, { ...border, at: latest });
  }
  return found;
}

function keepFirst(found: Map<PhaseName, Line>, name: PhaseName, line: Line | undefined): void {
  const known = found.get(name);
  if (line !== undefined && (known === undefined || line.at < known.at)) found.set(name, line);
}
