import { createAsyncQueue } from "./asynchronous/async-queue.ts";
import { type Background, createBackground } from "./background.ts";
import { createJobRunner } from "./jobs/job-runner.ts";
import { type Running, runtimePartsOf } from "./running.ts";

const EVERY_MS = 250;

/** Everything that a sandbox does behind its answers; `running` is asked for when there is something to do. */
export function startBackground(running: () => Running): Background {
  const settings = {
    regions: () => running().store.regions(),
    partsOf: (region: string) => runtimePartsOf(running(), region),
    storage: () => running().storage,
    log: (line: string) => running().settings.log(line),
  };
  return createBackground([createAsyncQueue(settings), createJobRunner(settings)], EVERY_MS);
}
