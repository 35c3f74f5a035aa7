import { ReliabilityChart } from "#components/charts/reliability-chart.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Judgement } from "#lib/classify/judge-rows.ts";
import type { ClassifierMeasure } from "#lib/classify/measure-classifier.ts";
import { DEFINITIONS, formatLoss, formatShare } from "./number-words.ts";

const NUMBERS = [
  {
    name: "Accuracy",
    definition: DEFINITIONS.accuracy,
    read: (measure: ClassifierMeasure) => formatShare(measure.accuracy),
  },
  {
    name: "Calibration error",
    definition: DEFINITIONS.calibrationError,
    read: (measure: ClassifierMeasure) => formatLoss(measure.calibrationError),
  },
  {
    name: "Brier score",
    definition: DEFINITIONS.brier,
    read: (measure: ClassifierMeasure) => formatLoss(measure.brier),
  },
  {
    name: "Log loss",
    definition: DEFINITIONS.logLoss,
    read: (measure: ClassifierMeasure) => formatLoss(measure.logLoss),
  },
];

/** What the model's own probabilities are worth, and what they are worth after one number was fitted. */
export function CalibrationPanel({ judgement, isOver }: { judgement: Judgement; isOver: boolean }) {
  const { calibration, measure } = judgement;
  if (measure === null) {
    return (
      <Panel title="Calibration">
        <p className="text-sm text-muted">
          {calibration.ok || !isOver ? "Known with the first answers." : calibration.failure.message}
        </p>
      </Panel>
    );
  }
  const columns = calibration.ok
    ? [
        { name: "Raw", of: calibration.value.raw },
        { name: "Calibrated", of: calibration.value.calibrated },
      ]
    : [{ name: "Raw", of: measure }];
  return (
    <Panel
      title="Calibration"
      aside={
        <Definition term="calibration">
          <p>
            A calibrated 80 % is right in 80 of 100 rows. Bars: how often rows of that confidence are right;
            the dashed line is where they should end. Below: how many rows there are.
          </p>
        </Definition>
      }
      bodyClassName="space-y-4 p-4"
    >
      {calibration.ok ? (
        <p className="flex flex-wrap items-center gap-x-1 text-sm">
          <span className="text-2xl font-semibold tabular-nums tracking-tight">
            T = {calibration.value.temperature.toFixed(3)}
          </span>
          <Definition term="fitted temperature">
            <p>{DEFINITIONS.temperature}</p>
          </Definition>
          <span className="text-muted">
            fitted to {calibration.value.fitRows} rows, judged by the {calibration.value.raw.rows} others,
            which it never saw
          </span>
        </p>
      ) : (
        <p className="rounded-lg bg-sunken px-3 py-2 text-sm">
          <span className="font-medium">No temperature fitted.</span> {calibration.failure.message}{" "}
          {calibration.failure.hint}
        </p>
      )}
      <div className={`grid gap-5 ${columns.length > 1 ? "md:grid-cols-2" : ""}`}>
        {columns.map(({ name, of }) => (
          <figure key={name} aria-label={`Reliability, ${name.toLowerCase()}`} className="min-w-0">
            <figcaption className="mb-1 text-sm font-medium">
              {name} <span className="font-normal text-muted">({of.rows} rows)</span>
            </figcaption>
            <div aria-hidden="true">
              <ReliabilityChart bins={of.bins} />
            </div>
          </figure>
        ))}
      </div>
      <table aria-label="Raw and calibrated" className="w-full text-left text-sm">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="py-1.5 font-medium">
              {calibration.ok ? "Of the held-out rows" : "Of all rows"}
            </th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className="py-1.5 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NUMBERS.map(({ name, definition, read }) => (
            <tr key={name} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 font-normal text-muted">
                <span className="inline-flex items-center gap-0.5">
                  {name}
                  <Definition term={name}>
                    <p>{definition}</p>
                  </Definition>
                </span>
              </th>
              {columns.map(({ name: column, of }) => (
                <td key={column} className="py-1.5 text-right tabular-nums">
                  {read(of)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <BinTable columns={columns} />
    </Panel>
  );
}

function BinTable({ columns }: { columns: readonly { name: string; of: ClassifierMeasure }[] }) {
  return (
    <details className="text-sm">
      <summary className="text-xs text-muted hover:text-ink">The diagram in numbers</summary>
      <div className="mt-2 flex flex-wrap gap-6">
        {columns.map(({ name, of }) => (
          <table key={name} aria-label={`Bins, ${name.toLowerCase()}`} className="text-xs tabular-nums">
            <thead className="text-muted">
              <tr>
                {[`${name}, confidence`, "Rows", "Mean", "Right"].map((head) => (
                  <th
                    key={head}
                    scope="col"
                    className="px-2 py-1 text-right font-medium first:pl-0 first:text-left"
                  >
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {of.bins.map(({ from, to, count, confidence, accuracy }) => (
                <tr key={from}>
                  <th scope="row" className="py-0.5 text-left font-normal text-muted">
                    {Math.round(from * 100)}–{Math.round(to * 100)} %
                  </th>
                  <td className="px-2 text-right">{count}</td>
                  <td className="px-2 text-right">{confidence === null ? "" : formatShare(confidence)}</td>
                  <td className="px-2 text-right">{accuracy === null ? "" : formatShare(accuracy)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </details>
  );
}
