import { Fragment, memo } from "react";
import { type PreparedUnit, prepareUnits } from "#lib/chart/prepare-units.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { joinGraphemes, type TextUnit } from "#lib/score/join-graphemes.ts";
import { measureToken, type TokenMeasure } from "#lib/score/measure-token.ts";
import { entropyBand, rankBand } from "#lib/score/metric-bands.ts";
import { probabilityBand } from "#lib/score/probability-band.ts";

/**
 * One block of the answer. Memoised on its range: the token array itself only ever grows, so a block whose end
 * stands still never needs to be drawn again.
 */
export const AnswerSegment = memo(function AnswerSegment({
  tokens,
  start,
  end,
}: {
  tokens: readonly TokenEvent[];
  start: number;
  end: number;
}) {
  const units = prepareUnits(joinGraphemes(tokens.slice(start, end)), start === 0);
  let partBefore = start > 0 ? tokens[start - 1]?.part : tokens[start]?.part;
  return (
    <div className="tokens-segment">
      {units.map((prepared) => {
        const { index, part } = prepared.unit;
        const seam = part !== partBefore;
        partBefore = part;
        return (
          <Fragment key={index}>
            {seam ? <Seam part={part} /> : null}
            {prepared.text === "" ? null : <UnitText {...prepared} />}
          </Fragment>
        );
      })}
    </div>
  );
});

function UnitText({ unit, lead, text, mark, isOpening }: PreparedUnit<TextUnit>) {
  const isSpecial = unit.tokens.some((token) => token.special);
  const { entropy, rank } = measureUnit(unit);
  return (
    <>
      {isSpecial ? null : lead}
      <span
        className="token"
        data-index={unit.index}
        data-band={unit.logProb === null ? undefined : probabilityBand(unit.logProb)}
        data-unknown={unit.logProb === null ? "" : undefined}
        data-entropy={entropy === null ? undefined : entropyBand(entropy)}
        data-rank={rank === null ? undefined : rankBand(rank)}
        data-partial={unit.partial ? "" : undefined}
        data-opening={isOpening ? "" : undefined}
        // A line break has no width to point at, and a special token is no part of the text: both get a mark that
        // CSS draws, so that copying takes the text and nothing else.
        data-mark={isSpecial ? unit.text : (mark ?? undefined)}
      >
        {isSpecial ? null : text}
      </span>
    </>
  );
}

/** A character of several tokens was several choices: only a unit of one has an entropy and a rank. */
function measureUnit({ tokens }: TextUnit): Pick<TokenMeasure, "entropy" | "rank"> {
  const [only, second] = tokens;
  return only === undefined || second !== undefined ? { entropy: null, rank: null } : measureToken(only);
}

/** Where one request ended and the next began. Drawn by CSS alone, so that copying the answer skips it. */
function Seam({ part }: { part: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr is a block and would break the line it stands in.
    <span
      className="seam"
      data-label={`request ${part + 1}`}
      role="separator"
      aria-label={`Request ${part + 1} begins`}
    />
  );
}
