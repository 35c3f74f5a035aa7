import { describe, expect, it } from "vitest";
import { placeCard } from "./place-card.ts";

const viewport = { width: 390, height: 800 };
const card = { width: 300, height: 200 };

describe("placeCard", () => {
  it("stands below its anchor", () => {
    const place = placeCard({ left: 20, top: 100, right: 60, bottom: 120 }, card, viewport);
    expect(place).toEqual({ left: 20, top: 128 });
  });

  it("goes above when the window ends, and does not cover the anchor", () => {
    const place = placeCard({ left: 20, top: 700, right: 60, bottom: 720 }, card, viewport);
    expect(place.top + card.height).toBeLessThanOrEqual(700);
  });

  it("stays inside the window on both sides", () => {
    expect(placeCard({ left: 380, top: 0, right: 390, bottom: 20 }, card, viewport).left).toBe(78);
    expect(placeCard({ left: -5, top: 0, right: 0, bottom: 20 }, card, viewport).left).toBe(12);
  });
});
