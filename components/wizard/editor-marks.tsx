import { classNames } from "#components/ui/class-names.ts";
import type { Mark } from "./editor-place.ts";

const LINES = {
  error: "decoration-danger",
  warning: "decoration-warn",
  hint: "decoration-calm decoration-dotted",
} as const;

/** The text once more, unseen, with a wavy line under every place that is marked. */
export function EditorMarks({
  text,
  marks,
  className,
}: {
  text: string;
  marks: readonly Mark[];
  className: string;
}) {
  const pieces: { text: string; severity: Mark["severity"] | null; from: number }[] = [];
  let at = 0;
  // Of marks over each other the first is drawn; the list below the text has them all.
  for (const { from, to, severity } of marks.toSorted((left, right) => left.from - right.from)) {
    if (to <= from || from < at) continue;
    pieces.push({ text: text.slice(at, from), severity: null, from: at });
    pieces.push({ text: text.slice(from, to), severity, from });
    at = to;
  }
  pieces.push({ text: `${text.slice(at)}\n`, severity: null, from: at });
  return (
    <pre
      aria-hidden="true"
      className={classNames(className, "pointer-events-none select-none text-transparent")}
    >
      {pieces.map((piece) => (
        <span
          key={`${piece.from}-${piece.severity}`}
          className={
            piece.severity
              ? classNames("underline decoration-wavy decoration-1 underline-offset-4", LINES[piece.severity])
              : undefined
          }
        >
          {piece.text}
        </span>
      ))}
    </pre>
  );
}
