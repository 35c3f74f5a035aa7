import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const run = promisify(execFile);
const isThere = (program: string, ...words: string[]) =>
  run(program, words).then(
    () => true,
    () => false,
  );
const hasBoto = await isThere("python3", "-c", "import boto3");
const hasCli = await isThere("aws", "--version");

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

beforeAll(async () => {
  sandbox = await startTestSandbox({ wall: Date.now });
});
afterAll(() => sandbox.close());

describe.skipIf(!hasBoto)(`boto3${hasBoto ? "" : " (skipped: python3 has no boto3)"}`, () => {
  test("uploads in parts, downloads, and signs addresses", { timeout: 60_000 }, async () => {
    const { stdout } = await run("python3", [join(import.meta.dirname, "boto-storage.py"), sandbox.url]);
    expect(JSON.parse(stdout)).toEqual({
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
  test("makes a bucket, copies there and back and synchronises", { timeout: 90_000 }, async () => {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
      AWS_DEFAULT_REGION: "eu-central-1",
    };
    const aws = async (...words: string[]) =>
      (await run("aws", ["--endpoint-url", sandbox.url, ...words], { env })).stdout;
    const folder = mkdtempSync(join(tmpdir(), "cli-"));
    writeFileSync(join(folder, "a.txt"), "a".repeat(9_000_000));
    await aws("s3", "mb", "s3://cli");
    await aws("s3", "cp", join(folder, "a.txt"), "s3://cli/x/a.txt");
    await aws("s3", "cp", "s3://cli/x/a.txt", join(folder, "b.txt"));
    expect(readFileSync(join(folder, "b.txt"), "utf8")).toBe("a".repeat(9_000_000));
    expect(await aws("s3", "ls", "s3://cli")).toMatch(/PRE x\//);
    await aws("s3", "rb", "--force", "s3://cli");
    expect(await aws("s3", "ls")).not.toContain("cli");
  });
});
