import { useNow } from "#components/ui/use-now.ts";

/** Silence that is worth a word, in ms: prompts of many pages take this long to be read. */
const STALL_MS = 15_000;

/** Says that nothing comes, for how long, and who will end it if nothing ever does. */
export function StallNotice({ heardAt, hasBegun }: { heardAt: () => number; hasBegun: boolean }) {
  const now = useNow();
  const silent = now === null ? 0 : now - heardAt();
  if (silent < STALL_MS) return null;
  return (
    <div aria-live="polite" className="mx-4 mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <p className="font-medium">Nothing has come for {Math.floor(silent / 1000)} seconds. Still waiting.</p>
      <p className="mt-0.5">
        {hasBegun ? "Stop keeps what came. " : "Long prompts and a busy container take their time. "}
        SageMaker itself ends a stream after eight minutes.
      </p>
    </div>
  );
}
