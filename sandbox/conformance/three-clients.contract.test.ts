import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { callByName } from "./call-by-name.ts";
import { findPython, isThere, runPython } from "./programs.ts";
import { shownAs, walkWithCli } from "./walk-with-cli.ts";
import STEPS from "./walkthrough.json" with { type: "json" };

const README = join(import.meta.dirname, "..", "README.md");
const TEXT = ["Hello", " there"];
const python = await findPython();
const boto = python !== undefined;
// The command's own code; where it comes without Python's sources, only the boto3 half of the comparison is left.
const cli = boto && (await isThere(python, "-c", "import awscli"));

type Walk = { answers: unknown[]; state: unknown };
let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
  await begin();
});
afterEach(() => sandbox.close());

/** An account as at the start, with an answer laid out for the one prompt of the walk. */
async function begin(): Promise<void> {
  await sandbox.control("reset", {});
  const tokens = TEXT.map((text, index) => ({ id: index + 1, text, logProb: -0.5 }));
  await sandbox.control("script", { endpoint: "chat", times: 1, script: { tokens, finish: "eos" } });
}

async function walkWithJavaScript(): Promise<Walk> {
  const answers: unknown[] = [];
  for (const { service, call, input } of STEPS) {
    try {
      const { $metadata: _left, Body, ...answer } = await callByName(sandbox.url, service, call, input);
      answers.push(Body === undefined ? answer : { ...answer, Body: await textOf(Body) });
    } catch (error) {
      const { name, message } = z.object({ name: z.string(), message: z.string() }).parse(error);
      answers.push({ code: name, message });
    }
  }
  return { answers: normalised(answers), state: await readState() };
}

async function textOf(body: unknown): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const event of body as AsyncIterable<{ PayloadPart: { Bytes: Uint8Array } }>) // The stream of the walk.
    parts.push(event.PayloadPart.Bytes);
  return Buffer.concat(parts).toString("utf8");
}

/** JSON without what differs from one run to the next. */
function normalised(answers: unknown): unknown[] {
  const text = JSON.stringify(answers, (name, value) => (/Time$/.test(name) ? "<time>" : value));
  return JSON.parse(text);
}

async function readState(): Promise<unknown> {
  const { regions } = z.object({ regions: z.unknown() }).parse(await (await sandbox.control("state")).json());
  return regions;
}

describe("a walk through an endpoint's life", () => {
  test.skipIf(!boto)(`is the same with boto3 as with JavaScript${boto ? "" : " (no boto3)"}`, async () => {
    const javascript = await walkWithJavaScript();
    await begin();
    const python = normalised(await runPython("walk-with-boto.py", [sandbox.url]));
    expect(python).toEqual(javascript.answers);
    expect(await readState()).toEqual(javascript.state);
  });

  test.skipIf(!cli)(
    `is the same with the aws command, as the README shows${cli ? "" : " (not installed)"}`,
    async () => {
      const javascript = await walkWithJavaScript();
      await begin();
      const transcript: string[] = [];
      const taken = await walkWithCli(sandbox.url, STEPS);
      for (const [index, step] of STEPS.entries()) {
        const { printed = "", seen = "" } = taken[index] ?? {};
        const expected = javascript.answers[index];
        if (step.show !== undefined) transcript.push(seen);
        if (step.show?.length) expect(printed).toBe(shownAs(expected, step.show));
        else if (step.service === "sagemaker-runtime") expect(expected).toMatchObject({ Body: printed });
        else expect(normalised(JSON.parse(printed || "{}"))).toEqual(expected);
      }
      expect(await readState()).toEqual(javascript.state);
      expect(readFileSync(README, "utf8")).toContain(`\`\`\`console\n${transcript.join("")}\`\`\`\n`);
    },
  );
});
