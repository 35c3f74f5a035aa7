"use client";

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";

/** How near to its end counts as reading along, in px. */
const NEAR = 48;

/** Follows the answer while its end is in sight, and lets go as soon as somebody scrolls up to read. */
export function AnswerScroller({
  version,
  runKey,
  roomy,
  growing,
  charted,
  children,
}: {
  version: number;
  runKey: number;
  /** Whether an empty answer keeps its room; a failure should stand at the top instead. */
  roomy: boolean;
  /** Whether more may come: what stands below should keep its place meanwhile. */
  growing: boolean;
  /** Whether pictures stand below it. */
  charted: boolean;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  // The external system is the scroll position, which only exists after layout.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new tokens are the very reason to scroll.
  useLayoutEffect(() => {
    if (following && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [version, runKey, following]);

  return (
    <div className="relative">
      <div
        ref={box}
        className={classNames(
          "flex flex-col p-4 lg:overflow-y-auto",
          charted ? "lg:max-h-(--charted-answer-height)" : "lg:max-h-(--answer-height)",
          roomy && "lg:min-h-72",
          // Where the numbers stand beside it, an answer that comes has the window's height, like a sheet of paper.
          roomy && "motion-safe:transition-[min-height] motion-safe:duration-300",
          roomy &&
            growing &&
            (charted ? "2xl:min-h-(--charted-answer-height)" : "2xl:min-h-(--answer-height)"),
        )}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setFollowing(scrollHeight - scrollTop - clientHeight < NEAR);
        }}
      >
        {children}
      </div>
      {following ? null : (
        <Button
          size="small"
          look="primary"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full"
          onClick={() => setFollowing(true)}
        >
          Jump to the end ↓
        </Button>
      )}
    </div>
  );
}
