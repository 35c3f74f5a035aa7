import { Definition } from "#components/ui/definition.tsx";
import { DELTA_BANDS, deltaEdges } from "#lib/compare/delta-band.ts";

/** The scale of the colours, always in sight. */
export function DeltaLegend() {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      <span>A likelier</span>
      <ol aria-label="How many times likelier" className="tokens flex flex-wrap gap-0.5 !leading-normal">
        {DELTA_BANDS.map((band) => (
          <li key={band}>
            <span className="token inline-block px-1.5 py-0.5 tabular-nums" data-delta={band}>
              {deltaEdges(band)}
            </span>
          </li>
        ))}
      </ol>
      <span>B likelier</span>
      <Definition term="Δ log p">
        <p>
          For each token that both answers begin with: B's log probability minus A's, in nats. Above 0, B's
          model found it likelier; the factor is exp(|Δ|).
        </p>
        <p>
          Gold with a dotted line: A's model was surer. Blue with a solid line: B's. The steps are fixed.
          Where the answers part, each model judges words of its own, so there is nothing to subtract.
        </p>
      </Definition>
    </div>
  );
}
