import { Definition } from "#components/ui/definition.tsx";
import { BANDS, bandEdges, type ScoreUnit } from "#lib/score/probability-band.ts";

/** The scale with its numbers, always in sight: colour and underline mean nothing without it. */
export function HeatLegend({ unit }: { unit: ScoreUnit }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      <span className="inline-flex items-center gap-1">
        {
          { probability: "Probability", "log-prob": "Log probability (nats)", surprisal: "Surprisal (bits)" }[
            unit
          ]
        }
        <Definition term="the heat scale">
          <p>
            Each token is coloured by the probability the model gave it where it stands. Sure tokens stay
            bare, unsure ones glow, and from below one half they are underlined too.
          </p>
          <p>The steps are fixed: a token's colour never depends on the rest of the answer.</p>
          <p>A probable token is one the model expected. It need not be true.</p>
        </Definition>
      </span>
      <ol className="tokens flex flex-wrap !leading-normal" data-heat="on">
        {BANDS.map((band) => (
          <li key={band}>
            <span className="token px-1.5 py-0.5 tabular-nums" data-band={band}>
              {bandEdges(band, unit)}
            </span>
          </li>
        ))}
      </ol>
      <span>
        <span className="tokens" data-heat="on">
          <span className="token" data-unknown="">
            abc
          </span>
        </span>{" "}
        no number
      </span>
    </div>
  );
}
