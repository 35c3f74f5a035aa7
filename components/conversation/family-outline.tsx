import { formatProbability } from "#components/playground/format-score.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { describeOrigin } from "#lib/conversation/describe-origin.ts";
import type { FamilyRun } from "#lib/conversation/family.ts";
import { countRuns, type Question } from "#lib/conversation/family-tree.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";

/** Everything that came from the same first question, as an outline; a click shows a run. */
export function FamilyOutline({
  roots,
  current,
  onOpen,
}: {
  roots: readonly Question[];
  current: string | null;
  onOpen: (runId: string) => void;
}) {
  const count = countRuns(roots);
  if (count < 2) return null;
  return (
    <Panel
      title="Tree of answers"
      // In two columns the cards above end without the margin that they have in one.
      className="min-w-0 sm:mt-5 2xl:mt-0"
      aside={
        <Definition term="tree of answers">
          <p>
            Each question with every answer it got: sent again, answered anew, continued, or branched from a
            token. What was asked after an answer stands below it.
          </p>
          <p>All of it is in the history.</p>
        </Definition>
      }
      bodyClassName="max-h-96 overflow-y-auto p-3"
    >
      <Questions questions={roots} current={current} onOpen={onOpen} />
    </Panel>
  );
}

function Questions({
  questions,
  current,
  onOpen,
}: {
  questions: readonly Question[];
  current: string | null;
  onOpen: (runId: string) => void;
}) {
  return (
    <ul className="space-y-2">
      {questions.map(({ text, answers }) => (
        <li key={answers[0]?.run.id}>
          <p className="truncate px-1.5 text-xs font-medium" dir="auto" title={text}>
            {text.trim().split("\n")[0]}
          </p>
          <ol className="mt-0.5 border-l border-line pl-2">
            {answers.map(({ run, followUps }) => (
              <li key={run.id}>
                <Row run={run} isCurrent={run.id === current} onOpen={() => onOpen(run.id)} />
                {followUps.length > 0 ? (
                  <div className="my-1 pl-2">
                    <Questions questions={followUps} current={current} onOpen={onOpen} />
                  </div>
                ) : null}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function Row({ run, isCurrent, onOpen }: { run: FamilyRun; isCurrent: boolean; onOpen: () => void }) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? "true" : undefined}
      onClick={onOpen}
      className={classNames(
        "block w-full rounded-md px-1.5 py-1 text-left text-xs hover:bg-sunken",
        isCurrent && "bg-accent-soft font-medium",
      )}
    >
      <span className="flex items-baseline justify-between gap-2">
        <span className="min-w-0 truncate" dir="auto">
          {isCurrent ? "▸ " : ""}
          {describeOrigin(run.origin)}
        </span>
        <span className="shrink-0 text-muted tabular-nums">
          {run.confidence === null ? "" : formatProbability(run.confidence)}
        </span>
      </span>
      <span className="block truncate text-muted">
        {endOf(run)}, {run.tokens} token{run.tokens === 1 ? "" : "s"}
      </span>
    </button>
  );
}

const STATES = {
  running: "Running",
  failed: "Failed",
  stopped: "Stopped by you",
  interrupted: "Interrupted",
  finished: "Finished",
} as const;

function endOf({ status, finishReason }: FamilyRun): string {
  return status === "finished" && finishReason ? describeFinish(finishReason).title : STATES[status];
}
