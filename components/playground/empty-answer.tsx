import { EmptyState } from "#components/ui/empty-state.tsx";
import { EXAMPLES } from "./examples.ts";

/** Before the first run: what will be here, and on wide pages what is worth asking to see it. */
export function EmptyAnswer({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <div className="m-auto w-full max-w-3xl">
      <EmptyState title="The answer appears here, token by token">
        Each token is coloured by how probable the model found it: bare where it was sure, glowing where it
        hesitated. Hover one, or move through them with the arrow keys, to see its numbers.
      </EmptyState>
      <ul aria-label="Examples" className="hidden grid-cols-2 gap-3 pb-8 lg:grid xl:grid-cols-3">
        {EXAMPLES.map((example) => (
          <li key={example.label}>
            <button
              type="button"
              className="flex h-full w-full flex-col gap-1 rounded-lg border border-line p-3 text-left hover:transition-colors hover:border-line-strong hover:bg-sunken"
              onClick={() => onPick(example.prompt)}
            >
              <span className="text-sm font-semibold">{example.label}</span>
              <span className="line-clamp-2 text-xs">{example.prompt}</span>
              <span className="text-xs text-muted">{example.shows}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
