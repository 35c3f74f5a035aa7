import { memo } from "react";
import { formatNats } from "#components/playground/format-score.ts";
import { deltaBand } from "#lib/compare/delta-band.ts";
import type { PlacedToken } from "#lib/score/place-tokens.ts";
import type { Side } from "./side.ts";

/** Tokens that are drawn together, and not again until something in them changes. */
const STRETCH = 120;

export type SideToken = { placed: PlacedToken; delta: number | null; isShared: boolean };

/**
 * An answer: shared tokens in the colour of their difference, then the sign where the answers part, then the rest as
 * plain text. `parting` is the place of the first token that differs, null while there is none.
 */
export function AnswerSide({
  side,
  tokens,
  parting,
  showsDelta,
}: {
  side: Side;
  tokens: readonly SideToken[];
  parting: number | null;
  /** False where the tokenizers differ: then a token of one is no token of the other. */
  showsDelta: boolean;
}) {
  const stretches = Array.from({ length: Math.ceil(tokens.length / STRETCH) }, (_, index) => index * STRETCH);
  return (
    <>
      {stretches.map((from) => {
        const drawn = tokens.slice(from, from + STRETCH);
        return (
          <Stretch
            key={from}
            side={side}
            tokens={drawn}
            from={from}
            parting={parting !== null && parting >= from && parting < from + STRETCH ? parting : null}
            showsDelta={showsDelta}
            signature={signatureOf(drawn)}
          />
        );
      })}
      {parting === tokens.length ? <PartingSign parting={parting} isEnd /> : null}
    </>
  );
}

type StretchProps = {
  side: Side;
  tokens: readonly SideToken[];
  from: number;
  parting: number | null;
  showsDelta: boolean;
  signature: string;
};

const Stretch = memo(DrawnStretch, (before, after) => {
  const isSame = (name: keyof StretchProps) => before[name] === after[name];
  return isSame("signature") && isSame("parting") && isSame("showsDelta") && isSame("from");
});

function DrawnStretch({ side, tokens, from, parting, showsDelta }: StretchProps) {
  return (
    <span>
      {tokens.map(({ placed: { token }, delta, isShared }, index) => {
        const at = from + index;
        return (
          <span key={token.index}>
            {at === parting ? <PartingSign parting={at} isEnd={false} /> : null}
            <span
              id={`${side}-${token.index}`}
              className="token"
              data-delta={!showsDelta || !isShared ? undefined : delta === null ? "none" : deltaBand(delta)}
              title={showsDelta && isShared ? deltaWords(delta) : undefined}
            >
              {token.text}
            </span>
          </span>
        );
      })}
    </span>
  );
}

/** What a reader copies is the answer, not the sign in it. */
function PartingSign({ parting, isEnd }: { parting: number; isEnd: boolean }) {
  return (
    <span className="mx-1 select-none rounded-md bg-accent px-1.5 py-0.5 align-middle font-sans text-xs font-medium text-on-accent">
      {isEnd ? `ends before token ${parting + 1}` : `parts at token ${parting + 1}`}
    </span>
  );
}

function deltaWords(delta: number | null): string {
  if (delta === null) return "No log probability on one side";
  const sign = delta > 0 ? "+" : "";
  const factor = Math.exp(Math.abs(delta));
  const times = factor >= 1e4 ? factor.toExponential(1) : factor.toFixed(2);
  return `Δ ${sign}${formatNats(delta)} nats: ${delta > 0 ? "B" : "A"} ${times}× likelier`;
}

/** Changes whenever what is drawn of these tokens does. */
function signatureOf(tokens: readonly SideToken[]): string {
  const known = tokens.filter(({ delta }) => delta !== null).length;
  const shared = tokens.filter(({ isShared }) => isShared).length;
  return `${tokens.length} ${shared} ${known} ${tokens.at(-1)?.placed.end ?? 0}`;
}
