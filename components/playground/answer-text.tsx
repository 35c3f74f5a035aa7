"use client";

import { useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { extendSegments, type Segment } from "#lib/chart/prepare-segments.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { AnswerSegment } from "./answer-segment.tsx";
import { TokenCard } from "./token-card.tsx";
import { renderMarkRule } from "./token-marks.ts";
import { useTokenFocus } from "./use-token-focus.ts";

export type TextLook = {
  /** `off` shows bare text. */
  heat: "off" | "on" | "entropy" | "rank";
  /** The probability below which tokens are marked; the bracket keys go by it in any case. */
  below: number;
  marked: boolean;
  /** White space as signs, edges between tokens, and hatching beside the colours. */
  spaces: boolean;
  edges: boolean;
  hatched: boolean;
};

/** The answer as running text, coloured token by token while it comes. One tab stop; arrows go by token. */
export function AnswerText({
  tokens,
  count,
  revision,
  streaming,
  look,
  onCurrent,
  onBranch,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; its length is what changes. */
  count: number;
  revision: number;
  streaming: boolean;
  /** What the style sheet shows: no token is drawn again for it. */
  look: TextLook;
  /** Told which token is looked at, by its index; null for none. */
  onCurrent: (index: number | null) => void;
  /** Goes on from a token with another text in its place. */
  onBranch: ((index: number, text: string) => void) | null;
}) {
  const segments = useSegments(tokens);
  const text = useRef<HTMLDivElement>(null);
  const focus = useTokenFocus(text, look.below, onCurrent);

  return (
    <>
      {look.marked ? <style>{renderMarkRule(look.below)}</style> : null}
      <section
        ref={text}
        id="answer-text"
        {...focus.handlers}
        // The one tab stop of the text; arrows move inside it.
        tabIndex={tokens.length > 0 ? 0 : undefined}
        aria-label="Answer tokens. Arrow keys move by token, with Shift by word, brackets jump between unsure tokens, Enter keeps the card open, Escape closes it."
        className={classNames("tokens text-[0.96875rem]", streaming && "caret-last")}
        data-heat={look.heat}
        data-marked={look.marked ? "" : undefined}
        data-spaces={look.spaces ? "" : undefined}
        data-edges={look.edges ? "" : undefined}
        data-hatched={look.hatched ? "" : undefined}
        data-count={count}
        dir="auto"
      >
        {segments.map((segment) => (
          <AnswerSegment
            key={segment.start}
            tokens={tokens}
            start={segment.start}
            end={segment.end}
            sealed={segment.sealed}
            revision={revision}
          />
        ))}
      </section>
      {focus.current ? (
        <TokenCard
          tokens={tokens}
          index={focus.current.index}
          anchor={focus.current.anchor}
          pinned={focus.current.pinned}
          onPointerEnter={focus.keep}
          onPointerLeave={focus.release}
          onBranch={onBranch}
        />
      ) : null}
    </>
  );
}

/** Segments continue from the last drawing, so that their cost per frame does not grow with the answer. */
function useSegments(tokens: readonly TokenEvent[]): Segment[] {
  const [memory] = useState<{ segments: Segment[] }>({ segments: [] });
  memory.segments = extendSegments(memory.segments, tokens);
  return memory.segments;
}
