import { classNames } from "#components/ui/class-names.ts";
import type { DiffLine } from "#lib/options/diff-lines.ts";

const SIGNS = { same: " ", removed: "−", added: "+" } as const;
const WORDS = { same: "", removed: "removed: ", added: "added: " } as const;

/** Two texts as one, line by line, with a sign and a word beside the colour. */
export function DiffView({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-lg border border-line bg-sunken py-2 font-mono text-xs"
    >
      {lines.map((line, index) => (
        <p
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one diff never move.
          key={index}
          className={classNames(
            "whitespace-pre px-3",
            line.kind === "added" && "bg-accent-soft text-accent",
            line.kind === "removed" && "bg-danger-soft text-danger",
          )}
        >
          <span aria-hidden="true">{SIGNS[line.kind]} </span>
          <span className="sr-only">{WORDS[line.kind]}</span>
          {line.text}
        </p>
      ))}
    </section>
  );
}
