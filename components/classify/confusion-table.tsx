import { Panel } from "#components/ui/panel.tsx";

/** Right labels against predicted ones. Depth of colour is the share of the row's label; the count says it in figures. */
export function ConfusionTable({
  confusion,
  names,
}: {
  confusion: readonly (readonly number[])[];
  names: readonly string[];
}) {
  const hasNone = confusion.some((cells) => (cells[names.length] ?? 0) > 0);
  const columns = hasNone ? [...names, "no label"] : names;
  return (
    <Panel title="Confusion matrix" bodyClassName="overflow-x-auto p-4">
      <table aria-label="Confusion matrix" className="text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="pr-3 pb-1 text-left font-medium">
              In the table ↓, predicted →
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="max-w-28 truncate px-2 pb-1 text-center font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((cells, truth) => {
            const total = cells.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={names[truth]}>
                <th scope="row" className="max-w-40 truncate pr-3 text-left font-medium">
                  {names[truth]}
                </th>
                {columns.map((name, predicted) => (
                  <td key={name} className="p-0.5">
                    <Count count={cells[predicted] ?? 0} total={total} isRight={predicted === truth} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}

function Count({ count, total, isRight }: { count: number; total: number; isRight: boolean }) {
  const share = total === 0 ? 0 : count / total;
  const colour = isRight ? "var(--accent)" : "var(--danger)";
  return (
    <span
      className={`grid h-12 min-w-20 place-items-center rounded-md tabular-nums ${isRight ? "border-2 border-accent" : "border border-line"}`}
      // At most a third of the colour, so that the figure stays readable on it.
      style={{ background: `color-mix(in srgb, ${colour} ${Math.round(share * 30)}%, transparent)` }}
    >
      <span className={count === 0 ? "text-muted" : "font-semibold"}>
        {count}
        <span className="sr-only">{isRight ? " right" : " wrong"}</span>
      </span>
    </span>
  );
}
