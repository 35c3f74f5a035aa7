import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import type { Plan } from "#lib/plan/plan.ts";
import type { PreflightLine, Verdict } from "#lib/preflight/preflight-line.ts";
import type { StepId } from "./steps.ts";

const WORDS: Record<Verdict, { tone: Tone; word: string }> = {
  pass: { tone: "good", word: "pass" },
  warn: { tone: "warn", word: "warning" },
  block: { tone: "bad", word: "blocks" },
  unknown: { tone: "plain", word: "unknown" },
};

/** Where a line without a button of its own is put right. */
const STEP_OF: Readonly<Record<string, StepId>> = {
  name: "target",
  "name-free": "target",
  model: "configuration",
  options: "configuration",
  container: "backend",
  image: "backend",
  region: "backend",
  memory: "sizing",
  "loading-timeout": "configuration",
  "startup-timeout": "target",
  role: "target",
  permissions: "target",
  bucket: "target",
  host: "target",
  quota: "target",
};

const ORDER: readonly Verdict[] = ["block", "unknown", "warn", "pass"];

export function PreflightSummary({ lines }: { lines: readonly PreflightLine[] }) {
  const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
  const blocks = count("block");
  return (
    <p role="status" className="border-b border-line px-4 py-3 text-sm">
      <strong className="font-semibold">
        {blocks === 0
          ? "Nothing keeps it from being deployed."
          : `${blocks} thing${blocks === 1 ? "" : "s"} to put right first.`}
      </strong>{" "}
      <span className="text-muted">
        {count("pass")} passed, {count("warn")} warning{count("warn") === 1 ? "" : "s"}, {count("unknown")}{" "}
        unknown. Unknown is not passed: nobody could say.
      </span>
    </p>
  );
}

/** A line for each question: verdict in shape and word, what it was decided from, and its remedy as a button. */
export function PreflightList({
  lines,
  onPatch,
  onStep,
}: {
  lines: readonly PreflightLine[];
  onPatch: (patch: Partial<Plan>) => void;
  onStep: (step: StepId) => void;
}) {
  const sorted = lines.toSorted((left, right) => ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict));
  return (
    <ul className="divide-y divide-line">
      {sorted.map((line) => {
        const step = STEP_OF[line.id.split(":")[0] ?? ""];
        return (
          <li
            key={line.id}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-2 px-4 py-3 text-sm [overflow-wrap:anywhere] sm:grid-cols-[6rem_12rem_minmax(0,1fr)] sm:items-baseline"
          >
            <span>
              <Badge tone={WORDS[line.verdict].tone}>{WORDS[line.verdict].word}</Badge>
            </span>
            <h3 className="font-medium">{line.title}</h3>
            <div className="space-y-2">
              <p>{line.message}</p>
              {line.evidence ? <p className="text-xs text-muted">{line.evidence}</p> : null}
              {line.fixes.length > 0 || (step && line.verdict !== "pass") ? (
                <div className="flex flex-wrap gap-2">
                  {line.fixes.map((fix) =>
                    fix.kind === "patch" ? (
                      <Button
                        key={fix.label}
                        size="small"
                        className="h-auto! min-h-7 max-w-full py-1 whitespace-normal! text-left"
                        onClick={() => onPatch(fix.patch)}
                      >
                        {fix.label}
                      </Button>
                    ) : (
                      <a
                        key={fix.label}
                        href={fix.href}
                        target="_blank"
                        rel="noreferrer"
                        className={buttonClass("secondary", "small")}
                      >
                        {fix.label}
                      </a>
                    ),
                  )}
                  {step && line.verdict !== "pass" ? (
                    <Button size="small" look="quiet" onClick={() => onStep(step)}>
                      Change it by hand
                    </Button>
                  ) : null}
                </div>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
