import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { Diagnostic, OptionFix } from "#lib/options/diagnostic.ts";
import { placeOf } from "./editor-place.ts";
import { SourceNote } from "./source-note.tsx";

const TONES: Record<Diagnostic["severity"], Tone> = { error: "bad", warning: "warn", hint: "busy" };

/** Everything found in the text, in its order, each with the way there and, where there is one, its remedy. */
export function DiagnosticList({
  diagnostics,
  text,
  onShow,
  onFix,
}: {
  diagnostics: readonly Diagnostic[];
  text: string;
  onShow: (diagnostic: Diagnostic) => void;
  onFix: (fix: OptionFix) => void;
}) {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  return (
    <section aria-label="What was found" className="space-y-2 text-sm">
      <p role="status" className="text-xs text-muted">
        {diagnostics.length === 0
          ? "No rule of this version is broken."
          : `${errors} error${errors === 1 ? "" : "s"}, ${warnings} warning${warnings === 1 ? "" : "s"}.`}
      </p>
      <ul className="space-y-2">
        {diagnostics.map((found) => (
          <li
            key={`${found.rule}-${found.from}-${found.key}`}
            className="flex flex-wrap items-start gap-x-2 gap-y-1 [overflow-wrap:anywhere]"
          >
            <Badge tone={TONES[found.severity]}>{found.severity}</Badge>
            {found.to > 0 ? (
              <Button size="small" look="quiet" onClick={() => onShow(found)}>
                Line {placeOf(text, found.from).row + 1}
              </Button>
            ) : null}
            <span className="min-w-40 flex-1">
              {found.message} <SourceNote sources={found.source ? [found.source] : []} />
            </span>
            {found.fixes ? <Fixes fixes={found.fixes} onFix={onFix} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One remedy stands beside its message, several have a row of their own. */
function Fixes({ fixes, onFix }: { fixes: readonly OptionFix[]; onFix: (fix: OptionFix) => void }) {
  return (
    <span className={classNames("flex flex-wrap gap-2", fixes.length > 1 ? "basis-full" : "")}>
      {fixes.map((fix) => (
        <Button
          key={fix.label}
          size="small"
          className="h-auto! min-h-7 max-w-full py-1 whitespace-normal! text-left"
          onClick={() => onFix(fix)}
        >
          {fix.label}
        </Button>
      ))}
    </span>
  );
}
