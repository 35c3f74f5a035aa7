import type { Progress } from "#lib/experiment/experiment-view.ts";
import { progressWords } from "./experiment-words.ts";

/** How far an experiment is: done, failed, under way. */
export function ProgressBar({ progress }: { progress: Progress }) {
  const { total, done, failed, running, stopped } = progress;
  const share = (count: number) => ({ width: `${(100 * count) / total}%` });
  return (
    <div
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={progressWords(progress)}
      className="flex h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div className="bg-accent transition-[width]" style={share(done)} />
      <div className="bg-danger" style={share(failed)} />
      <div className="bg-warn/60" style={share(stopped)} />
      <div className="animate-pulse bg-calm/60" style={share(running)} />
    </div>
  );
}
