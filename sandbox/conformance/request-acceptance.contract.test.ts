import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { hasBoto, runPython } from "./programs.ts";

type Found = { wrong: string[]; sent: Record<"small" | "full" | "violating" | "double", number> };

// Change it and the requests change; a finding says which request it was.
const SEED = "20261124";
const boto = await hasBoto();

describe.skipIf(!boto)(`requests made from AWS's model${boto ? "" : " (no boto3)"}`, () => {
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  let found: Found;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    found = await runPython("check-requests.py", [sandbox.url, SEED]);
  });
  afterAll(() => sandbox.close());

  test("are accepted by the shapes, or refused with every breach and its place in one message", () => {
    expect(found.wrong).toEqual([]);
  });

  test("were many, and of every kind", () => {
    expect(found.sent.violating).toBeGreaterThan(700);
    expect(found.sent.small).toBe(found.sent.full);
    expect(found.sent.double).toBeGreaterThan(20);
  });

  test("left no trace of a defect", () => {
    expect(sandbox.lines.filter((line) => line.includes("defect"))).toEqual([]);
  });
});
