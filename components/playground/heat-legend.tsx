import { Definition } from "#components/ui/definition.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { legendOf, type Metric } from "#lib/score/metric-bands.ts";

const CHOICES = [
  { value: "probability", label: "Probability" },
  { value: "log-prob", label: "Log p" },
  { value: "surprisal", label: "Bits" },
] as const;
/** Both need to know what else the model weighed. */
const WITH_ALTERNATIVES = [
  ...CHOICES,
  { value: "entropy", label: "Entropy" },
  { value: "rank", label: "Rank" },
] as const;

const NAMES: Record<Metric, string> = {
  probability: "Probability",
  "log-prob": "Log probability in nats",
  surprisal: "Surprisal in bits",
  entropy: "Entropy in bits",
  rank: "Rank among the alternatives",
};

/** What can be shown beside the colours. */
const MARKS = [
  {
    name: "spaces",
    label: "Spaces",
    title: "Show white space as · → ↵. Copying still takes the text itself.",
  },
  { name: "edges", label: "Edges", title: "Draw a line where one token ends and the next begins." },
  { name: "hatched", label: "Hatching", title: "Patterns beside the colours, for print and greyscale." },
] as const;

type MarkName = (typeof MARKS)[number]["name"];

/** What the container of tokens says about its colours, for the style sheet. */
export function heatOf(metric: Metric): "on" | "entropy" | "rank" {
  return metric === "entropy" || metric === "rank" ? metric : "on";
}

/** The scale with its numbers, always in sight: colour and underline mean nothing without it. */
export function HeatLegend({
  metric,
  onMetric,
  hasAlternatives,
  marks,
  onMarks,
}: {
  metric: Metric;
  onMetric: (metric: Metric) => void;
  hasAlternatives: boolean;
  marks: Record<MarkName, boolean>;
  onMarks: (marks: Partial<Record<MarkName, boolean>>) => void;
}) {
  const heat = heatOf(metric);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 text-xs text-muted">
      <Segmented
        label="What the colours show"
        options={hasAlternatives ? WITH_ALTERNATIVES : CHOICES}
        value={metric}
        onChange={onMetric}
      />
      <ol
        aria-label={NAMES[metric]}
        className="tokens flex flex-wrap gap-0.5 !leading-normal"
        data-heat={heat}
        data-hatched={marks.hatched ? "" : undefined}
      >
        {legendOf(metric).map(({ band, edges }) => (
          <li key={band}>
            <span
              className="token inline-block px-1.5 py-0.5 text-center tabular-nums"
              data-band={heat === "on" ? band : undefined}
              data-entropy={heat === "entropy" ? band : undefined}
              data-rank={heat === "rank" ? band : undefined}
            >
              {edges}
            </span>
          </li>
        ))}
      </ol>
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Marks in the text</legend>
        {MARKS.map(({ name, label, title }) => (
          <label
            key={name}
            title={title}
            className="inline-flex h-6 cursor-pointer items-center gap-1 rounded-md px-1.5 hover:text-ink has-checked:text-ink"
          >
            <input
              type="checkbox"
              checked={marks[name]}
              onChange={({ target }) => onMarks({ [name]: target.checked })}
              className="accent-(--accent)"
            />
            {label}
          </label>
        ))}
      </fieldset>
      <span className="ml-auto inline-flex items-center gap-1.5 whitespace-nowrap">
        <span className="tokens !leading-normal" data-heat="on">
          <span className="token" data-unknown="">
            abc
          </span>
        </span>
        no number
        <Definition term="the heat scale">
          <p>
            Each token is coloured by the probability the model gave it where it stands. Sure tokens stay
            bare, unsure ones glow, and from below one half they are underlined too.
          </p>
          <p>The steps are fixed: a token's colour never depends on the rest of the answer.</p>
          {hasAlternatives ? (
            <p>
              Entropy is how open the choice was, in bits: over the tokens that are known, with everything
              else as one more. That is a lower bound. Rank 1 is the likeliest token.
            </p>
          ) : null}
          <p>A probable token is one the model expected. It need not be true.</p>
        </Definition>
      </span>
    </div>
  );
}
