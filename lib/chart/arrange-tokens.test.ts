import { expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { arrangeTokens, type TokenArrangement } from "./arrange-tokens.ts";

const TOKENS: TokenEvent[] = (
  [
    ["b", -0.1],
    ["a", null],
    ["d", -2],
    ["c", -2],
  ] as const
).map(([text, logProb], index) => ({
  type: "token",
  index,
  part: 0,
  id: index,
  text,
  logProb,
  special: false,
  counts: true,
  at: 10 - index,
  ...(index === 2 ? { alternatives: [{ id: 9, text: "x", logProb: -0.2 }] } : {}),
}));

test.each<[TokenArrangement, string]>([
  [{ sort: "position", descending: false, below: null }, "badc"],
  [{ sort: "position", descending: true, below: null }, "cdab"],
  [{ sort: "token", descending: false, below: null }, "abcd"],
  // Equal numbers keep the order of the text, and what has no number comes last both ways.
  [{ sort: "probability", descending: false, below: null }, "dcba"],
  [{ sort: "probability", descending: true, below: null }, "bdca"],
  [{ sort: "rank", descending: false, below: null }, "dbac"],
  [{ sort: "arrived", descending: false, below: null }, "cdab"],
  [{ sort: "position", descending: false, below: 0.5 }, "dc"],
])("%j", (arrangement, order) => {
  const rows = arrangeTokens(TOKENS, arrangement);
  expect(rows.map(({ token }) => token.text).join("")).toBe(order);
});
