import type { ReactNode } from "react";
import { Definition } from "#components/ui/definition.tsx";

/** Where a statement is taken from, one hover away. */
export function SourceNote({ sources, children }: { sources: readonly string[]; children?: ReactNode }) {
  if (sources.length === 0 && !children) return null;
  return (
    <Definition term="Source">
      {children}
      {sources.map((source) => (
        <p key={source} className="text-xs [overflow-wrap:anywhere]">
          {source}
        </p>
      ))}
    </Definition>
  );
}
