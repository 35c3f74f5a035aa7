import { Button } from "#components/ui/button.tsx";

/** Steps through what stands in the same place: which one of how many, and the ones before and after it. */
export function Walk({
  what,
  position,
  count,
  onStep,
}: {
  /** What is stepped through, e.g. "answer". */
  what: string;
  /** From 0. */
  position: number;
  count: number;
  onStep: (position: number) => void;
}) {
  if (count < 2) return null;
  return (
    <fieldset className="inline-flex items-center text-xs text-muted tabular-nums">
      <legend className="sr-only">Other {what}s in this place</legend>
      <Button
        size="small"
        look="quiet"
        aria-label={`Previous ${what}`}
        disabled={position === 0}
        onClick={() => onStep(position - 1)}
      >
        ‹
      </Button>
      <span>
        <span className="sr-only">{what} </span>
        {position + 1}/{count}
      </span>
      <Button
        size="small"
        look="quiet"
        aria-label={`Next ${what}`}
        disabled={position === count - 1}
        onClick={() => onStep(position + 1)}
      >
        ›
      </Button>
    </fieldset>
  );
}
