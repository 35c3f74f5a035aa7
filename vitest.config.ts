import { defineConfig } from "vitest/config";

const TESTS = "{app,components,lib,sandbox}/**/*.test.{ts,tsx}";
// What starts programs, asks other clients, changes the process or computes for seconds has a name of its own:
// `npm run check` leaves it out.
const CONTRACTS = "{app,components,lib,sandbox}/**/*.contract.test.ts";
// What starts a sandbox of its own in its own process, and leaves nothing else there.
const CONFORMANCE = "sandbox/{conformance,faults,state,storage}/**/*.contract.test.ts";
// Other clients start slowly, and a machine may be busy: these limits catch what hangs, not what is slow.
const SLOW = { testTimeout: 180_000, hookTimeout: 240_000 };

export default defineConfig({
  resolve: {
    // Next replaces this package by itself; under Vitest it would throw on import.
    alias: { "server-only": new URL("./node_modules/server-only/empty.js", import.meta.url).pathname },
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // PGlite's own word for a database without a folder: each test file has one of its own.
    env: { SAGESCOPE_DATABASE: "memory://" },
    pool: "forks",
    maxWorkers: 2,
    projects: [
      // Unit tests leave nothing behind, so that files can share what they load: a third of the time.
      { extends: true, test: { name: "unit", include: [TESTS], exclude: [CONTRACTS], isolate: false } },
      { extends: true, test: { name: "contract", include: [CONTRACTS], exclude: [CONFORMANCE], ...SLOW } },
      {
        extends: true,
        test: { name: "contract-conformance", include: [CONFORMANCE], isolate: false, ...SLOW },
      },
    ],
  },
});
