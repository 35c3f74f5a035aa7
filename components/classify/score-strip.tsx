import { Definition } from "#components/ui/definition.tsx";
import type { Judgement } from "#lib/classify/judge-rows.ts";
import { DEFINITIONS, formatLoss, formatShare } from "./number-words.ts";

/** The four numbers of a classifier, over all answered rows. */
export function ScoreStrip({ judgement: { accuracy, answered, measure } }: { judgement: Judgement }) {
  const none = answered === 0 ? "–" : "no numbers";
  const numbers = [
    {
      name: "Accuracy",
      value: accuracy === null ? "–" : formatShare(accuracy),
      definition: DEFINITIONS.accuracy,
    },
    {
      name: "Calibration error",
      value: measure === null ? none : formatLoss(measure.calibrationError),
      definition: DEFINITIONS.calibrationError,
    },
    {
      name: "Brier score",
      value: measure === null ? none : formatLoss(measure.brier),
      definition: DEFINITIONS.brier,
    },
    {
      name: "Log loss (nats)",
      value: measure === null ? none : formatLoss(measure.logLoss),
      definition: DEFINITIONS.logLoss,
    },
  ];
  return (
    <section aria-label="Scores" className="rounded-xl border border-line bg-surface">
      <dl className="grid grid-cols-2 gap-px sm:grid-cols-4">
        {numbers.map(({ name, value, definition }) => (
          <div key={name} className="p-4">
            <dt className="flex items-center gap-0.5 text-xs text-muted">
              {name}
              <Definition term={name}>
                <p>{definition}</p>
              </Definition>
            </dt>
            <dd className="text-2xl font-semibold tabular-nums tracking-tight">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        Over {answered} answered {answered === 1 ? "row" : "rows"}, as the model said it, before any
        calibration.
      </p>
    </section>
  );
}
