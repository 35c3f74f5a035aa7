import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import notImplemented from "./not-implemented.json" with { type: "json" };
import { hasBoto, runPython } from "./programs.ts";

type Found = Record<"strange" | "refused" | "nameless" | "unseen" | "notImplemented" | "checked", string[]>;

const boto = await hasBoto();

describe.skipIf(!boto)(`answers, held against AWS's model${boto ? "" : " (no boto3)"}`, () => {
  let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
  let found: Found;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    found = await runPython("check-answers.py", [sandbox.url]);
  });
  afterAll(() => sandbox.close());

  test("have every required member, none that is unknown, and values the model allows", () => {
    expect(found.strange).toEqual([]);
  });

  test("come for every call of a rich account", () => {
    expect(found.refused).toEqual([]);
  });

  test("carry a request id each", () => {
    expect(found.nameless).toEqual([]);
  });

  test("were seen for every operation that is implemented", () => {
    expect(found.unseen).toEqual([]);
    expect(found.checked.length).toBeGreaterThan(25);
  });

  test("are refused as unknown for the operations that are listed as such, and no other", () => {
    expect(found.notImplemented).toEqual(notImplemented);
  });
});
