import { encodeEvent } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { createRunLog, type RunLog } from "./run-log.ts";
import { type RunSummary, summarizeRun } from "./summarize-run.ts";

/** Where a run is written down. Each call waits for the disk. */
export type RunRecorder = {
  append: (sequence: number, lines: string) => Promise<void>;
  finish: (summary: RunSummary, lines: string) => Promise<void>;
};

type LiveRunOptions = {
  id: string;
  events: AsyncIterable<RunEvent>;
  /** Closes what feeds `events`, which then end with a last event. */
  stop: () => void;
  recorder: RunRecorder;
  /** How long a run goes on when nobody follows it, in ms: 0 ends it with its last follower, null never. */
  lonelyMs: number | null;
};

/** `ended` tells what the run came to, once that is written down. */
export type LiveRun = {
  readonly id: string;
  readonly log: RunLog;
  readonly stop: () => void;
  readonly ended: Promise<RunSummary>;
};

export type LiveRuns = {
  readonly start: (options: LiveRunOptions) => LiveRun;
  readonly find: (id: string) => LiveRun | undefined;
  readonly ids: () => string[];
};

type Effects = {
  /** Calls back once after so many ms; the function it returns calls it off. */
  after: (milliseconds: number, callback: () => void) => () => void;
  /** Lets what was pushed into a log leave the server before work that takes long. */
  letLeave: () => Promise<void>;
  /** Told of trouble with the recorder: a run goes on without its history. */
  warn: (error: unknown) => void;
};

/** How often what came is written down, in ms: a kill loses so much of an answer at most, and each time holds every stream up. */
const APPEND_MS = 2_000;

/** How long the last event of a run waits for its place in the history. */
const PATIENCE_MS = 2_000;

/**
 * The runs that are under way in this server, whoever watches them. A run is written down as it comes, and what
 * it came to is on the disk before anybody is told that it is over.
 */
export function createLiveRuns(effects: Effects): LiveRuns {
  const live = new Map<string, LiveRun>();
  return {
    start(options) {
      const run = startLiveRun(options, effects);
      live.set(options.id, run);
      void run.ended.then(() => live.delete(options.id));
      return run;
    },
    find: (id) => live.get(id),
    ids: () => [...live.keys()],
  };
}

function startLiveRun(options: LiveRunOptions, effects: Effects): LiveRun {
  let stopped = false;
  let callOff: (() => void) | null = null;
  const log = createRunLog(() => {
    callOff?.();
    const { lonelyMs } = options;
    if (lonelyMs === null || log.followers() > 0 || log.isClosed()) return;
    if (lonelyMs === 0) stop();
    else callOff = effects.after(lonelyMs, () => log.followers() === 0 && stop());
  });

  function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const callOffWait = effects.after(milliseconds, resolve);
      void work.then(() => {
        callOffWait();
        resolve();
      });
    });
  }

  function stop(): void {
    stopped = true;
    options.stop();
  }

  async function pump(): Promise<RunSummary> {
    const events: RunEvent[] = [];
    const writer = createWriter(options.recorder, log, effects);
    let last: string | null = null;
    for await (const event of options.events) {
      events.push(event);
      const line = encodeEvent(event);
      if (event.type === "run-end" || event.type === "run-error") last = line;
      else log.push(line);
    }
    await effects.letLeave();
    // The disk first: whoever reads that a run is over finds it in the history. A database that hangs holds
    // nobody up for long.
    const summary = summarizeRun(events, { stopped });
    await atMost(PATIENCE_MS, writer.finish(summary, last ?? ""));
    if (last !== null) log.push(last);
    log.close();
    callOff?.();
    return summary;
  }

  return { id: options.id, log, stop, ended: pump() };
}

/** Writes lines down now and then, one write at a time, and all of them once more at the end. */
function createWriter(recorder: RunRecorder, log: RunLog, { after, warn }: Effects) {
  let written = 0;
  let sequence = 0;
  let writing: Promise<void> = Promise.resolve();
  let ended = false;
  let callOff = after(APPEND_MS, append);

  function append(): void {
    if (ended) return;
    const lines = log.textFrom(written);
    written = log.length();
    if (lines !== "") {
      const number = sequence;
      sequence += 1;
      writing = writing.then(() => recorder.append(number, lines)).catch(warn);
    }
    callOff = after(APPEND_MS, append);
  }

  return {
    async finish(summary: RunSummary, last: string): Promise<void> {
      ended = true;
      callOff();
      await writing;
      await recorder.finish(summary, log.textFrom(0) + last).catch(warn);
    },
  };
}
