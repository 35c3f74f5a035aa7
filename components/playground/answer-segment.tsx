import { memo } from "react";
import { stretchesOf } from "#lib/chart/prepare-segments.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { AnswerStretch } from "./answer-stretch.tsx";

type SegmentProps = {
  tokens: readonly TokenEvent[];
  start: number;
  end: number;
  sealed: boolean;
  /** Raised when tokens that were drawn got alternatives after all. */
  revision: number;
};

/**
 * One block of the answer. Memoised on its range: the token array itself only ever grows, so a block whose end
 * stands still never needs to be drawn again, and of the last block only the last stretch does.
 */
export const AnswerSegment = memo(function AnswerSegment({
  tokens,
  start,
  end,
  sealed,
  revision,
}: SegmentProps) {
  return (
    <div className="tokens-segment">
      {stretchesOf(tokens, { start, end }).map((stretch) => (
        <AnswerStretch
          key={stretch.start}
          tokens={tokens}
          revision={revision}
          open={!sealed && stretch.end === end}
          {...stretch}
        />
      ))}
    </div>
  );
});
