"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { DeploymentView } from "#lib/deploy/deployment-view.ts";
import type { LogLine } from "./queries.ts";

/** Of a long log the newest lines are drawn; all of them can be copied. */
const SHOWN = 500;

/** The container's own words as they come. It follows the end until the reader scrolls up. */
export function LogView({
  lines,
  log,
  isUnderWay,
}: {
  lines: readonly LogLine[];
  log: DeploymentView["log"];
  isUnderWay: boolean;
}) {
  const box = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const shown = lines.slice(-SHOWN);
  const count = lines.length;

  // The external system is the browser's scrolling, which React does not know.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows when lines come.
  useLayoutEffect(() => {
    if (follows && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count, follows]);

  return (
    <Panel
      title="Log"
      aside={
        count > 0 ? (
          <CopyButton text={() => lines.map(({ text }) => text).join("\n")} label="Copy the log" />
        ) : null
      }
      bodyClassName=""
    >
      {log.failure ? <p className="border-b border-line px-4 py-2 text-sm text-warn">{log.failure}</p> : null}
      {count === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-muted">
          {isUnderWay
            ? "The container has not written anything yet: it begins when its machine and image are there."
            : "The container wrote nothing that could be read."}
        </p>
      ) : (
        <section
          ref={box}
          aria-label="Lines of the container"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="max-h-[32rem] overflow-auto px-4 py-3 font-mono text-xs leading-5"
          onScroll={(event) => {
            const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
            setFollows(scrollTop + clientHeight > scrollHeight - 24);
          }}
        >
          {shown.length < count || log.isCut ? (
            <p className="pb-2 text-muted">Earlier lines are not drawn here; CloudWatch has all of them.</p>
          ) : null}
          {shown.map((line) => (
            <p key={line.id} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              <time className="mr-2 text-muted" dateTime={new Date(line.at).toISOString()}>
                {new Date(line.at).toISOString().slice(11, 19)}
              </time>
              {line.text}
            </p>
          ))}
        </section>
      )}
    </Panel>
  );
}
