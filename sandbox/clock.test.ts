import { expect, test } from "vitest";
import { createClock, parseDuration } from "./clock.ts";

test("a clock shortens what takes time and moves only forward with the wall", () => {
  let wall = 5000;
  const clock = createClock(60, () => wall, 100);
  expect(clock.now()).toBe(5100);
  expect(clock.shorten(300)).toBe(5000);
  expect(createClock(0, () => wall).shorten(300)).toBe(0);
  clock.advance(50);
  wall += 1;
  expect(clock.now()).toBe(5151);
});

test.each([
  ["250ms", 250],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["2h", 7_200_000],
  ["soon", undefined],
  ["10", undefined],
])("a length of time: %s", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
