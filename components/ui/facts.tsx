import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

type Fact = {
  name: ReactNode;
  value: ReactNode;
  /** The value is long and unbroken: it gets the whole width, below its name. */
  isLong?: boolean;
};

/** Names and values in two columns. */
export function Facts({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-2 text-sm">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one list never move.
        <div key={index} className="contents">
          <dt className={classNames("text-muted", row.isLong && "col-span-2")}>{row.name}</dt>
          <dd className={classNames("min-w-0 [overflow-wrap:anywhere]", row.isLong && "col-span-2 -mt-1.5")}>
            {row.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
