import type { Failure } from "#lib/failure.ts";
import { chooseAlternative, cutRun } from "#lib/run/cut-run.ts";
import { decodeEvent } from "#lib/run/event-lines.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { emptyRun, type RunState, reduceRun } from "#lib/run/reduce-run.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { offsetEvent, type RunOffset, runOffset } from "#lib/run/run-offset.ts";
import { readLines } from "./read-lines.ts";

/** A run of the history; `from` says before which token of the ones above it, and with what text, it branched off. */
type RunLink = { runId: string; from: BranchPoint | null };

/** A token of the answer by its index, and the text that takes its place; empty: what the model says anew. */
export type BranchPoint = { tokenIndex: number; text: string };

export type RunStore = {
  subscribe: (listener: () => void) => () => void;
  read: () => RunState;
  /** Begins anew; what was there is let go. */
  start: (request: InvokeRequest) => void;
  /** Asks on: the events of the new request are appended to the answer that is there. */
  proceed: (request: InvokeRequest) => void;
  /** Asks on from within: the answer is cut there first. */
  branch: (request: InvokeRequest, from: BranchPoint) => void;
  /** Ends the run on the server, for everybody who follows it. What came so far stays. */
  stop: () => void;
  /** Shows runs of the history, each going on from the one before; the last may still be under way. */
  open: (links: readonly RunLink[]) => void;
  /** Shows nothing. A run that is under way goes on for a while and can be opened again. */
  clear: () => void;
  /** When the last event came, in epoch ms, or when it was asked for. */
  heardAt: () => number;
  /** Shows a run that somebody handed over. */
  show: (events: readonly RunEvent[]) => void;
};

type Effects = {
  send: (request: InvokeRequest, signal: AbortSignal) => Promise<Response>;
  /** The event lines of a run of the history, those to come included. */
  follow: (runId: string, signal: AbortSignal) => Promise<Response>;
  halt: (runId: string) => void;
  /** Told at once which run the server has begun. */
  begun: (runId: string) => void;
  now: () => number;
  /** Calls back once, soon: in the browser with the next frame. */
  schedule: (flush: () => void) => unknown;
};

const LOST: Failure = {
  code: "unreachable",
  message: "The connection to Sagescope broke before the answer was over.",
  hint: "Check that Sagescope still runs in its terminal, then continue or run again. What came is kept.",
};

const CUT: Failure = {
  code: "interrupted",
  message: "Sagescope ended while this answer was coming.",
  hint: "What came until then is kept. Continue from it, or run again.",
};

/** So many events are drawn in the next frame … */
const FEW = 4;
/** … and more no sooner than so long after those before, in ms: one drawing costs about the same for any number. */
const DRAWN_EVERY_MS = 64;
/** From so many on an answer comes faster than anybody reads, and smoothness is worth more than promptness. */
const MANY = 16;
const MANY_EVERY_MS = 100;

function pauseBefore(events: number): number {
  if (events > MANY) return MANY_EVERY_MS;
  return events > FEW ? DRAWN_EVERY_MS : 0;
}

/** The state of the page's run, outside React: appended to by the stream, read once per frame at most. */
export function createRunStore({ send, follow, halt, begun, now, schedule }: Effects): RunStore {
  let state = emptyRun();
  let pending: RunEvent[] = [];
  let scheduled = false;
  let abort: AbortController | null = null;
  let heardAt = 0;
  let flushedAt = 0;
  const listeners = new Set<() => void>();

  function draw() {
    if (now() - flushedAt < pauseBefore(pending.length)) return void schedule(draw);
    flush();
  }

  function flush() {
    scheduled = false;
    flushedAt = now();
    if (pending.length === 0) return;
    const events = pending;
    pending = [];
    publish(reduceRun(state, events));
  }

  function publish(next: RunState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function receive(event: RunEvent) {
    heardAt = now();
    pending.push(event);
    if (event.type === "run-end" || event.type === "run-error") return flush();
    if (scheduled) return;
    scheduled = true;
    schedule(draw);
  }

  /** Folds one answer into the state; answers whether it came to its end. */
  async function receiveAll(
    answering: Promise<Response>,
    offset: RunOffset | null,
    signal: AbortSignal,
    begunRun: (runId: string) => void = () => undefined,
  ): Promise<boolean> {
    let ended = false;
    try {
      const response = await answering;
      for await (const lines of readLines(response.body)) {
        for (const line of lines) {
          const event = decodeEvent(line);
          if (!event.ok || signal.aborted) continue;
          ended ||= event.value.type === "run-end" || event.value.type === "run-error";
          if (event.value.type === "run-start") begunRun(event.value.runId);
          receive(offset ? offsetEvent(event.value, offset) : event.value);
        }
      }
    } catch {
      // A broken connection and one closed by Stop look alike here; the signal tells them apart.
    }
    return ended || signal.aborted;
  }

  function lose(failure: Failure) {
    flush();
    receive({ type: "run-error", failure, generatedText: state.generatedText });
  }

  async function begin(request: InvokeRequest, offset: RunOffset | null) {
    const signal = anew();
    publish(
      offset
        ? { ...state, status: "connecting", failure: null, finishReason: null, stoppedBy: null }
        : { ...emptyRun(), status: "connecting", key: state.key + 1 },
    );
    const ended = await receiveAll(send(request, signal), offset, signal, begun);
    if (!ended) lose(LOST);
  }

  async function open(links: readonly RunLink[]) {
    const signal = anew();
    publish({ ...emptyRun(), status: "connecting", key: state.key + 1 });
    for (const [position, { runId, from }] of links.entries()) {
      if (from !== null && position > 0) publish(cut(from));
      const offset = position === 0 ? null : runOffset(state);
      const ended = await receiveAll(follow(runId, signal), offset, signal);
      if (signal.aborted) return;
      flush();
      // Only the last one's end is news: the others were gone on with.
      if (!ended && position === links.length - 1) lose(CUT);
    }
  }

  function cut({ tokenIndex, text }: BranchPoint): RunState {
    const chosen = text === "" ? null : chooseAlternative(state.tokens, tokenIndex, text);
    // A new key: what was drawn of the answer is not the beginning of this one.
    return { ...cutRun(state, tokenIndex, chosen), key: state.key + 1 };
  }

  function anew(): AbortSignal {
    abort?.abort();
    abort = new AbortController();
    pending = [];
    heardAt = now();
    return abort.signal;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => state,
    start: (request) => void begin(request, null),
    proceed: (request) => void begin(request, runOffset(state)),
    branch(request, from) {
      flush();
      publish(cut(from));
      void begin(request, runOffset(state));
    },
    open: (links) => void open(links),
    clear() {
      anew();
      publish({ ...emptyRun(), key: state.key + 1 });
    },
    heardAt: () => heardAt,
    show(events) {
      anew();
      // It is nobody's run here: it can neither be stopped nor continued in the history.
      publish({ ...reduceRun({ ...emptyRun(), key: state.key + 1 }, events), runId: null });
    },
    stop() {
      if (!abort || (state.status !== "connecting" && state.status !== "streaming")) return;
      flush();
      // Before the server said which run this is, leaving it ends it, too.
      if (state.runId !== null) halt(state.runId);
      abort.abort();
      publish({ ...state, status: "stopped" });
    },
  };
}
