import type { AnswerMemory } from "#lib/wire/answer-memory.ts";
import { LONGEST_LINE } from "#lib/wire/decode-lines.ts";
import { quoteNonFinite, scanValues } from "#lib/wire/json-values.ts";
import { parseValue } from "#lib/wire/parse-record.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";
import { unframeLine } from "#lib/wire/unframe-line.ts";

export type ValueReader = {
  push(line: string): void;
  /** A line too long to be kept; `beginning` is what is left of it. */
  giveUp(beginning: string): void;
  end(): void;
};

/**
 * Lines to events. Nearly every line is one JSON value and costs one JSON.parse. Where that fails the line is
 * looked at character by character: several values glued together, a bare NaN, or the first line of a value that
 * goes on over the next lines. Such a value is held until its brackets close, and given up when a line that is
 * complete by itself comes first: a line cut in two must not swallow the good ones after it.
 */
export function createValueReader(memory: AnswerMemory, emit: (event: StreamEvent) => void): ValueReader {
  let held: string[] = [];
  let heldLength = 0;
  let depth = 0;

  function push(line: string): void {
    const json = unframeLine(line);
    if (json === "") return;
    if (held.length > 0) goOn(json, line);
    else readLine(json, line);
  }

  function readLine(json: string, line: string): void {
    const value = parseJson(json);
    if (value === undefined) readBroken(json, line);
    else readValue(value, line, true);
  }

  /** `carries`: no other event has taken the line with it yet. */
  function readValue(value: unknown, raw: string, carries: boolean): void {
    const events = parseValue(value, memory) ?? [{ type: "malformed", raw }];
    if (carries && events[0] !== undefined) events[0].raw = raw;
    for (const event of events) emit(event);
  }

  /** A line that is not one value. Reads what is complete in it, holds or reports what is not. */
  function readBroken(json: string, raw: string): void {
    const scan = scanValues(json, 0);
    let unreadable = "";
    let start = 0;
    let isCarried = false;
    let previous = "";
    for (const cut of scan.cuts) {
      const piece = json.slice(start, cut).trimStart();
      start = cut;
      // 0.29+ json with stream: true repeats the whole document for each token of the last step.
      if (piece === previous && !piece.startsWith('{"token"')) continue;
      previous = piece;
      // Something that is no JSON may stand before a value, e.g. the words of an exception.
      const begin = Math.max(piece.search(/[[{]/), 0);
      const value = parseJson(piece.slice(begin));
      if (value === undefined) unreadable += piece;
      else {
        unreadable += piece.slice(0, begin);
        readValue(value, isCarried ? piece : raw, !isCarried);
        isCarried = true;
      }
    }
    const rest = json.slice(start);
    const begin = rest.search(/[[{]/);
    if (scan.depth > 0 && !scan.brokenString && begin !== -1) {
      unreadable += rest.slice(0, begin);
      held = [rest.slice(begin)];
      heldLength = held[0]?.length ?? 0;
      depth = scan.depth;
    } else unreadable += rest;
    if (unreadable.trim() === "") return;
    const error = startOfError(unreadable);
    if (error === -1) {
      emit({ type: "malformed", raw: isCarried ? unreadable : raw });
      return;
    }
    emit({ type: "malformed", raw: unreadable.slice(0, error) });
    push(unreadable.slice(error));
  }

  function goOn(json: string, line: string): void {
    if (standsAlone(json)) {
      release();
      push(line);
      return;
    }
    const scan = scanValues(json, depth);
    const cut = scan.cuts[0];
    held.push(cut === undefined ? json : json.slice(0, cut));
    heldLength += json.length;
    depth = scan.depth;
    if (cut !== undefined) finishHeld(json.slice(cut));
    else if (scan.brokenString || heldLength > LONGEST_LINE) release();
  }

  function finishHeld(rest: string): void {
    const text = held.join("\n");
    held = [];
    const value = parseJson(text);
    if (value === undefined) emit({ type: "malformed", raw: text });
    else readValue(value, text, true);
    if (rest.trim() !== "") push(rest);
  }

  /** Gives up what is held, except a last value that begins on a line of its own: an error object may be there. */
  function release(): void {
    const lines = held;
    held = [];
    const restart = lines.findLastIndex((line, index) => index > 0 && /^[[{]/.test(line));
    const lost = restart === -1 ? lines : lines.slice(0, restart);
    if (lost.length > 0) emit({ type: "malformed", raw: lost.join("\n") });
    if (restart !== -1) for (const line of lines.slice(restart)) push(line);
  }

  return {
    push,
    giveUp(beginning) {
      if (held.length > 0) release();
      emit({ type: "malformed", raw: beginning });
    },
    end() {
      if (held.length > 0) release();
      if (held.length > 0) emit({ type: "malformed", raw: held.join("\n") });
      held = [];
    },
  };
}

/** Pretty-printed lines are indented or lone brackets: a line that begins with an object and is whole is new. */
function standsAlone(json: string): boolean {
  if (!json.startsWith("{")) return false;
  const cut = scanValues(json, 0).cuts[0];
  return cut !== undefined && parseJson(json.slice(0, cut)) !== undefined;
}

/**
 * Where the container's error object begins that Java appended to something unreadable, or -1. In 0.26 and 0.27 it
 * lands inside the open string of a document sent piece by piece: compact, or pretty-printed from a `{` at the end.
 */
function startOfError(text: string): number {
  const compact = text.lastIndexOf('{"error":');
  if (compact > 0 && parseJson(text.slice(compact)) !== undefined) return compact;
  return text.length > 1 && text.endsWith("{") ? text.length - 1 : -1;
}

/** Undefined: not JSON, not even with bare NaN and infinities put in quotes. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    const quoted = quoteNonFinite(json);
    return quoted === json ? undefined : parseJson(quoted);
  }
}
