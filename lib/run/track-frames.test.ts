import { expect, it } from "vitest";
import { createFrameTracker } from "./track-frames.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

it("marks the first line of each frame with the frame's size", () => {
  const tracker = createFrameTracker();
  tracker.note(bytes('{"a"}\n{"b"}\n'));
  expect(tracker.take()).toEqual({ sizes: [12] });
  expect(tracker.take()).toBeNull();
  tracker.note(bytes("{}\n"));
  expect(tracker.take()).toEqual({ sizes: [3] });
});

it("says over how many frames a line was cut, and how many characters were", () => {
  const tracker = createFrameTracker();
  const line = bytes('{"ö速"}\n{"next');
  tracker.note(line.subarray(0, 3));
  expect(tracker.take()).toEqual({ sizes: [3] });
  tracker.note(line.subarray(3, 5));
  tracker.note(line.subarray(5));
  expect(tracker.take()).toEqual({ sizes: [2, line.length - 5], begun: 2, splits: 2 });
  tracker.note(bytes("}\n"));
  expect(tracker.take()).toEqual({ sizes: [2], begun: 1 });
});

it("counts an empty frame, which cuts nothing", () => {
  const tracker = createFrameTracker();
  tracker.note(bytes(""));
  tracker.note(bytes("{}\n"));
  expect(tracker.take()).toEqual({ sizes: [0, 3] });
});
