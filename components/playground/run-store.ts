import type { Failure } from "#lib/failure.ts";
import { decodeEvent } from "#lib/run/event-lines.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { emptyRun, type RunState, reduceRun } from "#lib/run/reduce-run.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { offsetEvent, type RunOffset, runOffset } from "#lib/run/run-offset.ts";
import { readLines } from "./read-lines.ts";

export type RunStore = {
  subscribe: (listener: () => void) => () => void;
  read: () => RunState;
  /** Begins anew; what was there is let go. */
  start: (request: InvokeRequest) => void;
  /** Asks on: the events of the new request are appended to the answer that is there. */
  proceed: (request: InvokeRequest) => void;
  /** Closes the request. What came so far stays. */
  stop: () => void;
};

type Effects = {
  send: (request: InvokeRequest, signal: AbortSignal) => Promise<Response>;
  /** Calls back once, soon: in the browser with the next frame. */
  schedule: (flush: () => void) => unknown;
};

const LOST: Failure = {
  code: "unreachable",
  message: "The connection to Sagescope broke before the answer was over.",
  hint: "Check that Sagescope still runs in its terminal, then continue or run again. What came is kept.",
};

/** The state of the page's run, outside React: appended to by the stream, read once per frame. */
export function createRunStore({ send, schedule }: Effects): RunStore {
  let state = emptyRun();
  let pending: RunEvent[] = [];
  let scheduled = false;
  let abort: AbortController | null = null;
  const listeners = new Set<() => void>();

  function flush() {
    scheduled = false;
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
    pending.push(event);
    if (event.type === "run-end" || event.type === "run-error") return flush();
    if (scheduled) return;
    scheduled = true;
    schedule(flush);
  }

  async function stream(request: InvokeRequest, offset: RunOffset | null, signal: AbortSignal) {
    let ended = false;
    try {
      const response = await send(request, signal);
      for await (const line of readLines(response.body)) {
        const event = decodeEvent(line);
        if (!event.ok || signal.aborted) continue;
        ended ||= event.value.type === "run-end" || event.value.type === "run-error";
        receive(offset ? offsetEvent(event.value, offset) : event.value);
      }
    } catch {
      // A broken connection and one closed by Stop look alike here; the signal tells them apart below.
    }
    if (ended || signal.aborted) return;
    receive({ type: "run-error", failure: LOST, generatedText: state.generatedText });
  }

  function begin(request: InvokeRequest, offset: RunOffset | null) {
    abort?.abort();
    abort = new AbortController();
    pending = [];
    publish(
      offset
        ? { ...state, status: "connecting", failure: null, finishReason: null, stoppedBy: null }
        : { ...emptyRun(), status: "connecting", key: state.key + 1 },
    );
    void stream(request, offset, abort.signal);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => state,
    start: (request) => begin(request, null),
    proceed: (request) => begin(request, runOffset(state)),
    stop() {
      if (!abort || (state.status !== "connecting" && state.status !== "streaming")) return;
      flush();
      abort.abort();
      publish({ ...state, status: "stopped" });
    },
  };
}
