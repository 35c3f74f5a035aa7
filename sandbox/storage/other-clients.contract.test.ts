import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPython, isThere, run, runPython } from "../conformance/programs.ts";
import { startTestSandbox } from "../start-test-sandbox.ts";

const python = await findPython();
const hasBoto = python !== undefined;
const hasCli = hasBoto && (await isThere(python, "-c", "import awscli"));

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

beforeAll(async () => {
  sandbox = await startTestSandbox({ wall: Date.now });
});
afterAll(() => sandbox.close());

describe.skipIf(!hasBoto)(`boto3${hasBoto ? "" : " (skipped: python3 has no boto3)"}`, () => {
  test("uploads in parts, downloads, and signs addresses", { timeout: 60_000 }, async () => {
    const printed = await run(python ?? "", [join(import.meta.dirname, "boto-storage.py"), sandbox.url]);
    expect(JSON.parse(printed)).toEqual({
      same: true,
      etag: '-2"',
      streamed: 3000,
      written: 200,
      read: [200, "presigned"],
      spoiled: 403,
      old: true,
      keys: ["a b/é", "large/model.tar.gz", "streamed"],
      errors: { acl: "NotImplemented", missing: "NoSuchKey" },
    });
  });
});

describe.skipIf(!hasCli)(`the AWS CLI${hasCli ? "" : " (skipped: aws is not installed)"}`, () => {
  test("makes a bucket, copies there and back, and removes all of it", { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "cli-"));
    writeFileSync(join(folder, "a.txt"), "a".repeat(9_000_000));
    const commands = [
      ["mb", "s3://cli"],
      ["cp", join(folder, "a.txt"), "s3://cli/x/a.txt"],
      ["cp", "s3://cli/x/a.txt", join(folder, "b.txt")],
      ["ls", "s3://cli"],
      ["rb", "--force", "s3://cli"],
      ["ls"],
    ].map((words) => ["--endpoint-url", sandbox.url, "s3", ...words]);
    const outcomes = await runPython<{ code: number; printed: string; said: string }[]>(
      "run-aws.py",
      [JSON.stringify(commands)],
      { AWS_DEFAULT_REGION: "eu-central-1" },
    );
    expect(outcomes.map(({ code, said }) => ({ code, said }))).toEqual(
      commands.map(() => ({ code: 0, said: "" })),
    );
    expect(readFileSync(join(folder, "b.txt"), "utf8")).toBe("a".repeat(9_000_000));
    expect(outcomes[3]?.printed).toMatch(/PRE x\//);
    expect(outcomes[5]?.printed).not.toContain("cli");
  });
});
