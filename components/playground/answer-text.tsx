"use client";

import { useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { extendSegments, type Segment } from "#lib/chart/prepare-segments.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { AnswerSegment } from "./answer-segment.tsx";
import { TokenCard } from "./token-card.tsx";
import { useTokenFocus } from "./use-token-focus.ts";

/** The answer as running text, coloured token by token while it comes. One tab stop; arrows go by token. */
export function AnswerText({
  runKey,
  tokens,
  count,
  streaming,
}: {
  /** Changes with each new run: segments of another answer are of no use. */
  runKey: string;
  tokens: readonly TokenEvent[];
  /** The array grows in place; its length is what changes. */
  count: number;
  streaming: boolean;
}) {
  const segments = useSegments(runKey, tokens);
  const text = useRef<HTMLDivElement>(null);
  const focus = useTokenFocus(text, tokens);

  return (
    <>
      <section
        ref={text}
        {...focus.handlers}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the one tab stop of the text; arrows move inside it.
        tabIndex={0}
        aria-label="Answer tokens. Arrow keys move by token, brackets jump between unsure tokens, Enter keeps the card open, Escape closes it."
        className={classNames("tokens text-[0.96875rem]", streaming && "caret-last")}
        data-heat="on"
        data-count={count}
        dir="auto"
      >
        {segments.map((segment) => (
          <AnswerSegment key={segment.start} tokens={tokens} start={segment.start} end={segment.end} />
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
        />
      ) : null}
    </>
  );
}

/** Segments continue from the last drawing, so that their cost per frame does not grow with the answer. */
function useSegments(runKey: string, tokens: readonly TokenEvent[]): Segment[] {
  const [memory] = useState<{ runKey: string; segments: Segment[] }>({ runKey, segments: [] });
  const before = memory.runKey === runKey ? memory.segments : [];
  const segments = extendSegments(before, tokens);
  memory.runKey = runKey;
  memory.segments = segments;
  return segments;
}
