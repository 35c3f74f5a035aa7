import { describe, expect, test } from "vitest";
import { createEventDecoder, decodeEvent, encodeEvent } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";

const EVENTS: RunEvent[] = [
  {
    type: "run-start",
    runId: "r1",
    endpointName: "demo",
    startedAt: 1_700_000_000_000,
    dialect: "lmi",
    requestBody: '{"inputs":"a\\nb"}',
  },
  {
    type: "token",
    index: 0,
    part: 0,
    id: 304,
    text: "你 \u2028\n\ud83d",
    logProb: -0.1234567890123456,
    special: false,
    counts: true,
    alternatives: [{ id: null, text: "", logProb: null }],
    at: 12.5,
    raw: '{"token": {}}',
  },
  {
    type: "token",
    index: 1,
    part: 0,
    id: null,
    text: "",
    logProb: null,
    logProbNote: "clamped",
    special: true,
    counts: false,
    channel: "reasoning",
    at: 13,
  },
  { type: "malformed", raw: "oops\r", part: 0, at: 14 },
  {
    type: "part-end",
    part: 0,
    finishReason: "length",
    at: 15,
    alternatives: [{ index: 0, alternatives: [] }],
  },
  {
    type: "run-end",
    finishReason: { raw: null, kind: "unknown", note: "why" },
    generatedText: "x",
    tokens: 1,
    requests: 2,
    stoppedBy: "max-tokens",
    at: 16,
  },
  { type: "run-error", failure: { code: "model-error", message: "m", detail: "d" }, generatedText: "" },
];

describe("a round trip", () => {
  test.each(EVENTS)("$type", (event) => {
    const line = encodeEvent(event);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(decodeEvent(line)).toEqual({ ok: true, value: event });
  });

  test("of random tokens", () => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 4_294_967_296;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const text = String.fromCharCode(...Array.from({ length: 6 }, () => Math.floor(random() * 65_536)));
      const event: RunEvent = {
        type: "token",
        index: round,
        part: Math.floor(random() * 9),
        id: random() < 0.3 ? null : Math.floor(random() * 200_000),
        text,
        logProb: random() < 0.2 ? null : -(random() ** 8) * 700,
        special: random() < 0.5,
        counts: random() < 0.5,
        at: random() * 1e6,
        ...(random() < 0.5 ? { raw: `${text}\r` } : {}),
      };
      expect(decodeEvent(encodeEvent(event))).toEqual({ ok: true, value: event });
    }
  });
});

describe("reading what another version writes", () => {
  test("keys that are not known are dropped", () => {
    const line = JSON.stringify({ ...EVENTS[3], later: { x: 1 } });
    expect(decodeEvent(line)).toEqual({ ok: true, value: EVENTS[3] });
  });

  test.each(["", "{", "null", '{"type":"song"}', '{"type":"token","index":-1}'])(
    "%j is a failure",
    (line) => {
      const result = decodeEvent(line);
      expect(result).toMatchObject({ ok: false, failure: { code: "unexpected", detail: line } });
    },
  );

  test("a long line is quoted by its beginning", () => {
    const result = decodeEvent("x".repeat(9_999));
    expect(result.ok === false && result.failure.detail?.length).toBe(200);
  });
});

test("the decoder gives events however the bytes are cut", () => {
  const bytes = new TextEncoder().encode(`\n${EVENTS.map(encodeEvent).join("\n")}`);
  const wanted = EVENTS.map((value) => ({ ok: true, value }));
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const decoder = createEventDecoder();
    const results = [
      ...decoder.push(bytes.subarray(0, cut)),
      ...decoder.push(bytes.subarray(cut)),
      ...decoder.end(),
    ];
    expect(results).toEqual(wanted);
  }
});

test("the decoder says that the answer ended inside a line", () => {
  const decoder = createEventDecoder();
  expect(decoder.push(new TextEncoder().encode('{"type":"tok'))).toEqual([]);
  expect(decoder.end()).toMatchObject([{ ok: false }]);
});
