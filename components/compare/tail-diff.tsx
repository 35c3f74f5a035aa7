import { Panel } from "#components/ui/panel.tsx";
import type { DiffStretch } from "#lib/compare/diff-texts.ts";

/** What the answers say behind the place where they part, word by word. */
export function TailDiff({ stretches }: { stretches: readonly DiffStretch[] | null }) {
  return (
    <Panel
      title="From there on"
      aside={
        <p className="text-xs text-muted">
          <del className="rounded-sm bg-warn-soft px-1 text-ink">only A</del>{" "}
          <ins className="rounded-sm bg-calm-soft px-1 text-ink">only B</ins>
        </p>
      }
    >
      {stretches === null ? (
        <p className="text-sm text-muted">
          The rest of the answers differs too much to be laid side by side.
        </p>
      ) : (
        <p className="whitespace-pre-wrap text-sm leading-7 [overflow-wrap:anywhere]" dir="auto">
          {stretches.map(({ kind, text }, index) => {
            const Element = kind === "left" ? "del" : kind === "right" ? "ins" : "span";
            const look = kind === "left" ? "bg-warn-soft" : kind === "right" ? "bg-calm-soft" : "";
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one comparison never move.
              <Element key={index} className={kind === "both" ? "text-muted" : `rounded-sm px-0.5 ${look}`}>
                {text}
              </Element>
            );
          })}
        </p>
      )}
    </Panel>
  );
}
