import { expect, test } from "vitest";
import { findBrowser, waysToABrowser } from "./browser.ts";

test("the browser that was asked for comes first, if it is there", () => {
  expect(findBrowser("/opt/chrome", () => true)).toBe("/opt/chrome");
  expect(findBrowser("/opt/chrome", (path) => path === "/usr/bin/chromium")).toBe("/usr/bin/chromium");
});

test("no browser is no browser", () => {
  expect(findBrowser(undefined, () => false)).toBeUndefined();
});

test("only root is offered the system's packages", () => {
  expect(waysToABrowser(false).map(({ words }) => words)).toEqual([["install", "chromium"]]);
  expect(waysToABrowser(true)).toHaveLength(2);
});
