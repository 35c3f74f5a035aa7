import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { binary } from "./paths.ts";
import type { Step } from "./steps.ts";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The first browser that is there: the one asked for, the system's, Playwright's own. */
export function findBrowser(asked: string | undefined, exists = existsSync): string | undefined {
  const candidates = [...(asked ? [asked] : []), ...USUAL_PLACES, chromium.executablePath()];
  return candidates.find((path) => exists(path));
}

/** Ways to get one, to be tried in turn until a browser is there. */
export function waysToABrowser(isRoot: boolean): Step[] {
  const words = isRoot ? ["install", "--with-deps", "chromium"] : ["install", "chromium"];
  const download = { name: "download of a browser", command: binary("playwright"), words };
  if (!isRoot) return [download];
  // Where Playwright's own downloads are out of reach, a distribution's package often is not.
  const script = "apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation";
  const packages = {
    name: "package of a browser",
    command: "/bin/sh",
    words: ["-c", script],
    env: { DEBIAN_FRONTEND: "noninteractive" },
  };
  return [download, packages];
}
