import { Definition } from "#components/ui/definition.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { BANDS, bandEdges, type ScoreUnit } from "#lib/score/probability-band.ts";

const UNITS = [
  { value: "probability", label: "Probability" },
  { value: "log-prob", label: "Log p" },
  { value: "surprisal", label: "Bits" },
] as const;

const NAMES: Record<ScoreUnit, string> = {
  probability: "Probability",
  "log-prob": "Log probability in nats",
  surprisal: "Surprisal in bits",
};

/** The scale with its numbers, always in sight: colour and underline mean nothing without it. */
export function HeatLegend({ unit, onUnit }: { unit: ScoreUnit; onUnit: (unit: ScoreUnit) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 text-xs text-muted">
      <Segmented label="Unit of the legend" options={UNITS} value={unit} onChange={onUnit} />
      <ol aria-label={NAMES[unit]} className="tokens flex flex-wrap gap-0.5 !leading-normal" data-heat="on">
        {BANDS.map((band) => (
          <li key={band}>
            <span className="token inline-block px-1.5 py-0.5 text-center tabular-nums" data-band={band}>
              {bandEdges(band, unit)}
            </span>
          </li>
        ))}
      </ol>
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
          <p>A probable token is one the model expected. It need not be true.</p>
        </Definition>
      </span>
    </div>
  );
}
