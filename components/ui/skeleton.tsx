import { classNames } from "./class-names.ts";

/** Grey stand-ins of the size of what is coming, with one sentence for those who cannot see them. */
export function Skeleton({
  label,
  rows = 4,
  className,
}: {
  label: string;
  rows?: number;
  className?: string;
}) {
  return (
    <div role="status" className={classNames("space-y-3 p-4", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} aria-hidden="true" className="h-5 animate-pulse rounded bg-sunken" />
      ))}
    </div>
  );
}
