import { Button } from "#components/ui/button.tsx";
import { Input, Select } from "#components/ui/field.tsx";
import type { HistoryFilter } from "./queries.ts";

export function HistoryFilterBar({
  filter,
  onChange,
  tags,
  shown,
  more,
}: {
  filter: HistoryFilter;
  onChange: (change: Partial<HistoryFilter>) => void;
  tags: readonly { tag: string; runs: number }[];
  shown: number;
  /** Whether there are runs that are not shown yet. */
  more: boolean;
}) {
  const known = tags.some(({ tag }) => tag === filter.tag);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line p-3">
      <div className="min-w-48 flex-1 sm:max-w-sm">
        <Input
          type="search"
          aria-label="Search the history"
          placeholder="Words in prompt, answer or notes"
          value={filter.search}
          onChange={(event) => onChange({ search: event.target.value })}
        />
      </div>
      <div>
        <Select
          aria-label="Tag"
          value={filter.tag}
          onChange={(event) => onChange({ tag: event.target.value })}
        >
          <option value="">Any tag</option>
          {filter.tag === "" || known ? null : <option value={filter.tag}>{filter.tag} (0)</option>}
          {tags.map(({ tag, runs }) => (
            <option key={tag} value={tag}>
              {tag} ({runs})
            </option>
          ))}
        </Select>
      </div>
      <Button
        size="small"
        aria-pressed={filter.starred}
        className="aria-pressed:border-accent aria-pressed:text-accent"
        onClick={() => onChange({ starred: !filter.starred })}
      >
        ★ Starred
      </Button>
      <Button
        size="small"
        aria-pressed={filter.experiments}
        title="A plain list leaves them out; a search finds them anyway."
        className="aria-pressed:border-accent aria-pressed:text-accent"
        onClick={() => onChange({ experiments: !filter.experiments })}
      >
        Runs of experiments
      </Button>
      {filter.endpoint === "" ? null : (
        <Button size="small" onClick={() => onChange({ endpoint: "" })}>
          {filter.endpoint} ✕<span className="sr-only"> Show the runs of every endpoint</span>
        </Button>
      )}
      <p role="status" className="ml-auto text-xs text-muted">
        {more ? `The latest ${shown} runs` : `${shown} run${shown === 1 ? "" : "s"}`}
      </p>
    </div>
  );
}
