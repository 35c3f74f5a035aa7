import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateModelCommand, ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { afterEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { openJournal } from "./journal.ts";

const mounted: string[] = [];

afterEach(() => {
  for (const where of mounted.splice(0)) {
    // A sandbox or a journal of a test that failed may still hold it.
    execFileSync("umount", ["--lazy", where]);
    rmdirSync(where);
  }
});

/** A file system of this size in memory; undefined where the machine does not let us have one. */
function smallDisk(size: string): string | undefined {
  const where = mkdtempSync(join(tmpdir(), "disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", where], { stdio: "ignore" });
  } catch {
    rmdirSync(where);
    return undefined;
  }
  mounted.push(where);
  return where;
}

function fill(disk: string, leave: number): () => void {
  const { bsize, bavail } = statfsSync(disk);
  const path = join(disk, "filling");
  writeFileSync(path, Buffer.alloc(bsize * (bavail - leave)));
  return () => rmSync(path);
}

const NEEDS_MOUNT = "only root may mount a small disk";

describe("a full disk", () => {
  test("is reported at the start", ({ skip }) => {
    const disk = smallDisk("512k") ?? skip(NEEDS_MOUNT);
    expect(() => openJournal(disk, false)).toThrow(
      `The state folder ${disk} cannot be used: its disk is full (1 MiB must be free)`,
    );
  });

  test("later leaves what was there, also after half a line", ({ skip }) => {
    const disk = smallDisk("4m") ?? skip(NEEDS_MOUNT);
    const { journal } = openJournal(disk, false);
    journal.append([{ table: "t", key: "a", value: 1 }]);
    const free = fill(disk, 1);
    // Larger than the rest of the last page and the one that is left: the line begins and does not end.
    const large = [{ table: "t", key: "b", value: "x".repeat(20_000) }];
    expect(() => journal.append(large)).toThrow("cannot be written: ENOSPC");
    free();
    journal.append([{ table: "t", key: "c", value: 3 }]);
    journal.close();
    expect(openJournal(disk, false).changes.map((change) => change.key)).toEqual(["a", "c"]);
  });

  test("is an error of AWS's to a client, and nothing has happened", async ({ skip }) => {
    const disk = smallDisk("4m") ?? skip(NEEDS_MOUNT);
    const sandbox = await startTestSandbox({ folder: disk });
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    const client = new SageMakerClient({
      region: "us-east-1",
      endpoint: sandbox.url,
      credentials,
      maxAttempts: 1,
    });
    const create = (ModelName: string) =>
      client.send(
        new CreateModelCommand({
          ModelName,
          ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
          PrimaryContainer: { Image: "own:1", Environment: { LONG: "x".repeat(900) } },
        }),
      );
    const made: string[] = [];
    async function createUntilRefused(): Promise<never> {
      for (;;) {
        await create(`model-${made.length}`);
        made.push(`model-${made.length}`);
      }
    }
    await create("early");
    const free = fill(disk, 0);
    // What is left of the journal's last page takes a few of them.
    await expect(createUntilRefused()).rejects.toMatchObject({
      name: "InternalFailure",
      $metadata: { httpStatusCode: 500 },
      message: expect.stringContaining("cannot be written: ENOSPC"),
    });
    const names = async () => {
      const { Models = [] } = await client.send(new ListModelsCommand({ NameContains: "model-" }));
      return Models.map((model) => model.ModelName).toSorted();
    };
    expect(await names()).toEqual(made);
    free();
    await create(`model-${made.length}`);
    expect(await names()).toHaveLength(made.length + 1);
    await sandbox.close();
  });
});
