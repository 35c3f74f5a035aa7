import { describe, expect, test } from "vitest";
import { createPlaces } from "./places.ts";

const STAY = new AbortController().signal;

function leaver(entered: (() => void) | "busy" | "left"): () => void {
  if (typeof entered === "string") throw new Error(entered);
  return entered;
}

describe("places", () => {
  test("are given in the order of arrival, also to who comes while one is freed", async () => {
    const places = createPlaces(2, 10);
    const leave = leaver(await places.enter(STAY));
    await places.enter(STAY);
    const order: string[] = [];
    const first = places.enter(STAY).then(() => order.push("first"));
    const second = places.enter(STAY).then(() => order.push("second"));
    expect(places.load()).toEqual({ running: 2, waiting: 2 });
    leave();
    leave();
    const late = places.enter(STAY).then(() => order.push("late"));
    await first;
    await Promise.resolve();
    expect(order).toEqual(["first"]);
    expect(places.load()).toEqual({ running: 2, waiting: 2 });
    void second;
    void late;
  });

  test("turn away who comes when the queue is full", async () => {
    const places = createPlaces(1, 1);
    await places.enter(STAY);
    void places.enter(STAY);
    expect(await places.enter(STAY)).toBe("busy");
  });

  test("forget who leaves the queue", async () => {
    const places = createPlaces(1, 2);
    const leave = leaver(await places.enter(STAY));
    const gone = new AbortController();
    const waiting = places.enter(gone.signal);
    const next = places.enter(STAY);
    gone.abort();
    expect(await waiting).toBe("left");
    expect(places.load()).toEqual({ running: 1, waiting: 1 });
    leave();
    expect(typeof (await next)).toBe("function");
  });
});
