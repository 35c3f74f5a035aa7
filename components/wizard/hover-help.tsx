import type { ReactNode } from "react";
import { LINE_HEIGHT, PADDING } from "./editor-place.ts";

/** What is known of a row while the pointer rests on it; the same stands below the text for the caret's row. */
export function HoverHelp({
  row,
  messages,
  children,
}: {
  row: number;
  messages: readonly string[];
  children: ReactNode;
}) {
  if (!children && messages.length === 0) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute left-12 z-20 w-96 max-w-[calc(100%-4rem)] animate-[appear_1ms_350ms_both] space-y-2 rounded-lg border border-line bg-raised p-3 text-xs shadow-lg shadow-[var(--shadow)]"
      style={{ top: (row + 1) * LINE_HEIGHT + PADDING + 2 }}
    >
      {messages.map((message) => (
        <p key={message} className="text-warn">
          {message}
        </p>
      ))}
      {children}
    </div>
  );
}
