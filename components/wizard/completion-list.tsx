import { classNames } from "#components/ui/class-names.ts";
import type { Completion } from "#lib/options/describe-option.ts";
import { LINE_HEIGHT, PADDING } from "./editor-place.ts";

/** Wide enough for the longest option beside its first words. */
const FURTHEST = 24;

/** What can stand at the caret. The text area keeps the focus and names the active row. */
export function CompletionList({
  id,
  completions,
  active,
  place,
  onPick,
}: {
  id: string;
  completions: readonly Completion[];
  active: number;
  place: { row: number; column: number };
  onPick: (completion: Completion) => void;
}) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      tabIndex={-1}
      className="absolute z-30 max-h-64 w-[30rem] max-w-[calc(100%-2rem)] overflow-y-auto rounded-lg border border-line bg-raised p-1 text-xs shadow-lg shadow-[var(--shadow)]"
      style={{
        top: (place.row + 1) * LINE_HEIGHT + PADDING,
        left: `calc(2.5rem + ${Math.min(place.column, FURTHEST)}ch)`,
      }}
    >
      {completions.map((completion, index) => (
        <div
          key={completion.label}
          id={`${id}-${index}`}
          ref={index === active ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={classNames(
            "cursor-pointer rounded-md px-2 py-1",
            index === active ? "bg-accent-soft text-accent" : "hover:bg-sunken",
          )}
          onPointerDown={(event) => {
            // The focus stays where it is.
            event.preventDefault();
            onPick(completion);
          }}
        >
          <span className="font-mono font-medium">{completion.label}</span>
          <span className={classNames("block truncate", index === active ? "" : "text-muted")}>
            {completion.description}
          </span>
        </div>
      ))}
    </div>
  );
}
