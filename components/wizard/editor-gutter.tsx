import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icons.tsx";
import { type Mark, placeOf } from "./editor-place.ts";

/** Numbers of rows, with a sign of its own shape where something is wrong. */
export function EditorGutter({ rows, text, marks }: { rows: number; text: string; marks: readonly Mark[] }) {
  const worst = new Map<number, Mark["severity"]>();
  const order = ["hint", "warning", "error"];
  for (const { from, to, severity } of marks) {
    if (to === 0) continue;
    const { row } = placeOf(text, from);
    const before = worst.get(row);
    if (before === undefined || order.indexOf(severity) > order.indexOf(before)) worst.set(row, severity);
  }
  return (
    <div
      aria-hidden="true"
      className="sticky left-0 z-10 shrink-0 select-none border-r border-line bg-sunken py-3 pr-2 pl-1.5 text-right font-mono text-xs text-muted"
    >
      {Array.from({ length: rows }, (_, row) => row).map((row) => {
        const severity = worst.get(row);
        return (
          <div key={row} className="flex h-6 items-center justify-end gap-1">
            {severity ? (
              <Icon
                name={severity === "error" ? "cross" : severity === "warning" ? "triangle" : "ring"}
                className={classNames(
                  "size-2.5",
                  severity === "error" ? "text-danger" : severity === "warning" ? "text-warn" : "text-calm",
                )}
              />
            ) : null}
            {row + 1}
          </div>
        );
      })}
    </div>
  );
}
