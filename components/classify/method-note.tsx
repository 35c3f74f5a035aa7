import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RowScore, ScoringMethod } from "#lib/classify/row-score.ts";
import { DEFINITIONS, formatShare } from "./number-words.ts";

const METHODS: Record<ScoringMethod, { title: string; words: string }> = {
  alternatives: {
    title: "By the answer's first tokens",
    words:
      "Each row is answered greedily. A label's probability is what the model gave, where the answer begins, to all ways of writing it; up to twenty tokens are known at each place.",
  },
  forced: {
    title: "By each label behind the prompt",
    words:
      "Every way of writing a label was sent behind the prompt, and the container gave the log probabilities of its tokens. Nothing of a label is unseen.",
  },
  answer: {
    title: "By the answer's own tokens",
    words:
      "This endpoint sends no alternatives. Only the label that was answered has a probability of its own; the others share the rest.",
  },
  text: {
    title: "By the words of the answer",
    words:
      "This endpoint sends no log probabilities. The words decide, and there is no probability to judge.",
  },
};

/** Which method gave the numbers, and how much it did not see. */
export function MethodNote({ scores }: { scores: readonly RowScore[] }) {
  const methods = [...new Set(scores.map(({ method }) => method))];
  const known = scores.filter(({ method }) => method !== "text");
  const mean = (value: (score: RowScore) => number) =>
    known.reduce((sum, score) => sum + value(score), 0) / Math.max(known.length, 1);
  const guessed = known.filter(({ logProbs }) => logProbs.includes(null)).length;
  const bounded = known.filter(({ isBound }) => isBound.includes(true)).length;
  return (
    <Panel title="How it is scored" bodyClassName="space-y-3 p-4 text-sm">
      {methods.length === 0 ? <p className="text-muted">Known with the first answer.</p> : null}
      {methods.map((method) => (
        <div key={method}>
          <p className="font-medium">
            {METHODS[method].title}
            {methods.length > 1 ? ` (${scores.filter((score) => score.method === method).length} rows)` : ""}
          </p>
          <p className="text-muted">{METHODS[method].words}</p>
        </div>
      ))}
      {known.length === 0 ? null : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="flex items-center gap-0.5 text-muted">
            Not seen
            <Definition term="mass not seen">
              <p>{DEFINITIONS.unseen}</p>
            </Definition>
          </dt>
          <dd className="tabular-nums">
            {formatShare(mean(({ unseen }) => unseen))} on average,{" "}
            {formatShare(Math.max(...known.map(({ unseen }) => unseen)))} at most
          </dd>
          <dt className="flex items-center gap-0.5 text-muted">
            On other words
            <Definition term="mass on other words">
              <p>{DEFINITIONS.elsewhere}</p>
            </Definition>
          </dt>
          <dd className="tabular-nums">{formatShare(mean(({ elsewhere }) => elsewhere))} on average</dd>
        </dl>
      )}
      {guessed > 0 ? (
        <p className="text-muted">
          In {guessed} of {known.length} rows at least one label was not seen and has a share of what was not.
        </p>
      ) : null}
      {bounded > 0 ? (
        <p className="text-muted">
          In {bounded} {bounded === 1 ? "row" : "rows"} a label is known by its first tokens alone, which is
          the most that it can have.
        </p>
      ) : null}
    </Panel>
  );
}
