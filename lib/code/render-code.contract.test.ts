import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Peer } from "#lib/aws/spawn-peer.ts";
import { spawnSandbox } from "#lib/aws/spawn-sandbox.ts";
import { type CodeTarget, parseBody, withoutStream } from "./code-target.ts";
import { literal } from "./python.ts";
import { CODE_KINDS, type CodeKind, renderCode } from "./render-code.ts";

const run = promisify(execFile);
const ANSWER = ["It's ", '"fine"', ":\n", "日", "本 👩‍👩‍👧 \\n", " $HOME `x`"];
const ODD_PROMPT = `Say 'hi' to "Bob"\n\t$HOME \\ \`ls\` é 日本 👩‍👩‍👧 </script> %s {x}`;

// By its own path: what version managers call `python3` forks a dozen shells before each start.
const PYTHON = await run("python3", ["-c", "import sys; print(sys.executable)"]).then(
  ({ stdout }) => stdout.trim(),
  () => "python3",
);

async function isThere(program: string, ...words: string[]): Promise<boolean> {
  return run(program, words).then(
    () => true,
    () => false,
  );
}

const missing: Partial<Record<CodeKind, string>> = {
  ...((await isThere(PYTHON, "-c", "import boto3")) ? {} : { boto3: "python3 has no boto3" }),
  ...((await isThere(PYTHON, "-c", "import sagemaker")) ? {} : { sagemaker: "python3 has no sagemaker" }),
  ...((await isThere("aws", "--version")) ? {} : { "aws-cli": "no aws" }),
  ...((await isThere("curl", "--aws-sigv4", "aws:amz", "--version")) ? {} : { curl: "no curl with sigv4" }),
};

let peer: Peer;
beforeAll(async () => {
  peer = await spawnSandbox();
});
afterAll(() => peer?.stop());

const BODIES = {
  "LMI schema": { inputs: ODD_PROMPT, parameters: { max_new_tokens: 9, details: true }, stream: true },
  completions: { prompt: ODD_PROMPT, max_tokens: 9, logprobs: 1, stream: true, stop: ["zz", "'''"] },
  chat: { messages: [{ role: "user", content: ODD_PROMPT }], max_tokens: 9, stream: true },
};

function target(endpointName: string, body: CodeTarget["body"]): CodeTarget {
  return { endpointName, region: "us-east-1", endpointUrl: peer.url, body };
}

async function script(endpoint: string) {
  const tokens = ANSWER.map((text, id) => ({ id, text, logProb: -0.25 }));
  const body = JSON.stringify({ endpoint, times: 1, script: { tokens, finish: "eos" } });
  expect((await fetch(`${peer.url}/_sandbox/script`, { method: "POST", body })).ok).toBe(true);
}

/** Runs a program as a person would who pasted it into a file; answers what it prints. */
async function execute(kind: CodeKind, code: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sagescope-program-"));
  const language = CODE_KINDS.find((entry) => entry.kind === kind)?.language;
  // Beside the packages that it imports, as in a project of its own.
  const file =
    language === "javascript"
      ? join(process.cwd(), "node_modules", `.program-${process.pid}.mjs`)
      : join(folder, "program");
  writeFileSync(file, code);
  const program = { python: PYTHON, javascript: process.execPath, shell: "bash" }[language ?? "shell"];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_SESSION_TOKEN: "",
    PYTHONIOENCODING: "utf-8",
  };
  try {
    return (await run(program, [file], { cwd: folder, env })).stdout;
  } finally {
    rmSync(file);
  }
}

/** The text of a whole answer in any schema. */
function textOf(stdout: string): string {
  const body = JSON.parse(stdout);
  const choice = body.choices?.[0];
  return body.generated_text ?? choice?.text ?? choice?.message.content;
}

for (const { kind, language, label } of CODE_KINDS) {
  const reason = missing[kind];
  describe.skipIf(reason !== undefined)(`${label}${reason ? ` (skipped: ${reason})` : ""}`, () => {
    test.each(Object.entries(BODIES))(
      "asks in %s and prints the answer",
      async (_name, body) => {
        await script("sagescope-demo");
        const printed = await execute(kind, renderCode(kind, target("sagescope-demo", body)));
        expect(language === "shell" ? textOf(printed) : printed.slice(0, -1)).toBe(ANSWER.join(""));
      },
      180_000,
    );

    test.runIf(language !== "shell")(
      "reads the lines of LMI 0.26",
      async () => {
        await script("sagescope-demo-lmi-026");
        const body = { inputs: "x", parameters: { max_new_tokens: 9 } };
        const printed = await execute(kind, renderCode(kind, target("sagescope-demo-lmi-026", body)));
        expect(printed.slice(0, -1)).toBe(ANSWER.join(""));
      },
      180_000,
    );
  });
}

describe("what a program holds", () => {
  test.each(CODE_KINDS.map(({ kind }) => kind))("%s names its target and no credential", (kind) => {
    const code = renderCode(kind, {
      endpointName: "e",
      inferenceComponentName: "component-1",
      targetVariant: "blue",
      region: "eu-west-1",
      endpointUrl: null,
      body: { inputs: "x" },
    });
    expect(code).toContain("component-1");
    expect(code).toContain("blue");
    expect(code).toContain("eu-west-1");
    expect(code).not.toMatch(/AKIA|secret_access|127\.0\.0\.1/);
  });

  test("in China the host has another end", () => {
    const place = { endpointName: "e", region: "cn-north-1", endpointUrl: null, body: {} };
    expect(renderCode("curl", place)).toContain("https://runtime.sagemaker.cn-north-1.amazonaws.com.cn/");
  });
});

test("a JSON value as Python writes it means the same", async () => {
  const value = { a: [1, -0.5, true, false, null, [], {}], 'q"uote': "\u2028 \\ é" };
  expect(literal(value)).toContain("None");
  if (missing.boto3 !== undefined) return;
  const { stdout } = await run(PYTHON, ["-c", `import json\nprint(json.dumps(${literal(value)}))`]);
  expect(JSON.parse(stdout)).toEqual(value);
});

test("a body that is no JSON object cannot be handed over", () => {
  expect(parseBody('{"inputs":"x"}')).toEqual({ inputs: "x" });
  expect(parseBody("[1]")).toBeNull();
  expect(parseBody("{")).toBeNull();
  expect(withoutStream({ inputs: "x", stream: true, stream_options: {} })).toEqual({ inputs: "x" });
});
