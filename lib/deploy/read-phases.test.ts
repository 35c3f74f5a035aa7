import { describe, expect, it } from "vitest";
import { readPhases, type StartEvidence } from "./read-phases.ts";

const BEGUN: StartEvidence = {
  acceptedAt: 1_000,
  status: "Creating",
  modifiedAt: 1_000,
  messages: [],
  lines: [],
};

const LINES = [
  { at: 30_000, text: "[INFO ] ModelServer - Starting model server ..." },
  { at: 30_010, text: "[INFO ] LmiUtils - Downloading mistralai/Mixtral-8x7B-v0.1" },
  { at: 60_000, text: "[INFO ] PyProcess - Start process: 19000 - loading model" },
  { at: 90_000, text: '[INFO ] AccessLog - "GET /ping HTTP/1.1" 200 1 ms' },
];

function states(evidence: StartEvidence): string {
  return readPhases(evidence)
    .map(({ state }) => state)
    .join(" ");
}

describe("phases of a start", () => {
  it("waits for capacity while nothing else is known", () => {
    expect(states(BEGUN)).toBe("running waiting waiting waiting waiting");
  });

  it("ends machine and image with the first line of a container, and does not invent their border", () => {
    const phases = readPhases({ ...BEGUN, lines: LINES.slice(0, 1) });
    expect(phases.map(({ state }) => state).join(" ")).toBe("done done running waiting waiting");
    expect(phases[0]).toMatchObject({ startedAt: 1_000, endedAt: 30_000, evidence: LINES[0]?.text });
    expect(phases[1]).toMatchObject({ startedAt: null, endedAt: 30_000 });
  });

  it("takes a border between machine and image where AWS's message gives one", () => {
    const phases = readPhases({ ...BEGUN, messages: [{ at: 12_000, text: "Pulling the container image" }] });
    expect(phases.map(({ state }) => state).join(" ")).toBe("done running waiting waiting waiting");
    expect(phases[0]?.endedAt).toBe(12_000);
  });

  it("follows a whole start", () => {
    const phases = readPhases({ ...BEGUN, status: "InService", modifiedAt: 95_000, lines: LINES });
    expect(phases.every(({ state }) => state === "done")).toBe(true);
    expect(phases.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [1_000, 30_000],
      [null, 30_000],
      [30_000, 60_000],
      [60_000, 90_000],
      [90_000, 95_000],
    ]);
  });

  it("says which phase failed", () => {
    expect(states({ ...BEGUN, status: "Failed" })).toBe("failed waiting waiting waiting waiting");
    expect(states({ ...BEGUN, status: "Failed", lines: LINES.slice(0, 3) })).toBe(
      "done done done failed waiting",
    );
  });

  it("does not take a ping that is refused for an answer", () => {
    const refused = { at: 91_000, text: '[WARN ] AccessLog - "GET /ping HTTP/1.1" 503 1 ms' };
    expect(states({ ...BEGUN, lines: [...LINES.slice(0, 3), refused] })).toBe(
      "done done done running waiting",
    );
  });

  it("never lets a phase begin before the one before it", () => {
    const phases = readPhases({
      ...BEGUN,
      lines: LINES.slice(0, 1),
      messages: [{ at: 40_000, text: "Pulling the container image" }],
    });
    const moments = phases
      .flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])
      .filter((at) => at !== null);
    expect(moments).toEqual(moments.toSorted((left, right) => left - right));
  });
});
