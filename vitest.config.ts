import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Next replaces this package by itself; under Vitest it would throw on import.
    alias: { "server-only": new URL("./node_modules/server-only/empty.js", import.meta.url).pathname },
  },
  test: {
    include: ["{app,components,lib,sandbox}/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // PGlite's own word for a database without a folder: each test file has one of its own.
    env: { SAGESCOPE_DATABASE: "memory://" },
    pool: "forks",
    maxWorkers: 2,
  },
});
