import { defineConfig } from "@playwright/test";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  globalSetup: "./start-once.ts",
  // One app, one local SageMaker: journeys that ran at once would see each other's endpoints and load.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  // Limits catch what hangs, not what is slow: a machine may be busy, and nothing here is timed.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "off",
    launchOptions: {
      args: CHROMIUM_FLAGS,
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    },
  },
});
