import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "./journal.ts";

function folder(): string {
  return mkdtempSync(join(tmpdir(), "journal-"));
}

function descriptorOf(path: string): number {
  const open = readdirSync("/proc/self/fd").find((entry) => {
    try {
      return readlinkSync(`/proc/self/fd/${entry}`) === path;
    } catch {
      return false;
    }
  });
  return Number(open);
}

function reopen(where: string) {
  const { journal, changes } = openJournal(where, false);
  journal.close();
  return changes;
}

describe("what was appended", () => {
  test("is there after a restart, the last value of each key only, deleted keys not", () => {
    const where = folder();
    const { journal } = openJournal(where, false);
    journal.append([
      { table: "t", key: "a", value: 1 },
      { table: "t", key: "b", value: 2 },
    ]);
    journal.append([{ table: "t", key: "a", value: { deep: [3] } }]);
    journal.append([{ table: "t", key: "b", value: null }]);
    journal.close();
    expect(reopen(where)).toEqual([{ table: "t", key: "a", value: { deep: [3] } }]);
  });

  test("is kept where the last line is torn, and later lines do not run into it", () => {
    const where = folder();
    openJournal(where, false).journal.append([{ table: "t", key: "a", value: 1 }]);
    appendFileSync(join(where, "journal.jsonl"), '[{"table":"t","key":"b","val');
    const again = openJournal(where, false);
    expect(again.changes).toEqual([{ table: "t", key: "a", value: 1 }]);
    again.journal.append([{ table: "t", key: "c", value: 3 }]);
    again.journal.close();
    expect(reopen(where).map((change) => change.key)).toEqual(["a", "c"]);
  });

  test("is flushed once for all that wait, and what comes meanwhile once more", async () => {
    const where = folder();
    const { journal } = openJournal(where, false);
    await journal.flushed();
    journal.append([{ table: "t", key: "a", value: 1 }]);
    const first = [journal.flushed(), journal.flushed()];
    journal.append([{ table: "t", key: "b", value: 2 }]);
    await Promise.all([...first, journal.flushed()]);
    journal.close();
    await journal.flushed();
    expect(reopen(where).map((change) => change.key)).toEqual(["a", "b"]);
  });

  test.skipIf(!existsSync("/proc/self/fd"))(
    "is refused once the disk fails (not without /proc)",
    async () => {
      const where = folder();
      const { journal } = openJournal(where, false);
      journal.append([{ table: "t", key: "a", value: 1 }]);
      // A descriptor that is closed under the journal is a disk that fails.
      closeSync(descriptorOf(join(where, "journal.jsonl")));
      await expect(journal.flushed()).rejects.toThrow(/cannot be written: EBADF.*start the sandbox again/);
      expect(() => journal.append([{ table: "t", key: "b", value: 2 }])).toThrow(/start the sandbox again/);
      await expect(journal.flushed()).rejects.toThrow(/start the sandbox again/);
      expect(openJournal(where, false).changes.map((change) => change.key)).toEqual(["a"]);
    },
  );

  test("is forgotten on request", () => {
    const where = folder();
    openJournal(where, false).journal.append([{ table: "t", key: "a", value: 1 }]);
    expect(openJournal(where, true).changes).toEqual([]);
  });

  test("survives kill -9 in the middle of writing", { timeout: 30_000 }, async () => {
    const where = folder();
    const writer = fileURLToPath(new URL("./write-until-killed.ts", import.meta.url));
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, ["--import", "tsx", writer, where], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill("SIGKILL"));
      let acknowledged = "";
      child.stdout.on("data", (data) => {
        acknowledged += data;
        if (acknowledged.split("\n").length > 40 + round * 17) child.kill("SIGKILL");
      });
      await once(child, "close");
      const last = Number(acknowledged.split("\n").at(-2));
      const found = new Map(reopen(where).map((change) => [change.key, change.value]));
      expect(last).toBeGreaterThan(30);
      for (let number = 1; number <= last; number += 1)
        expect(found.get(`k${number}`)).toBe("x".repeat(number * 50));
    }
  });
});

describe("a folder that cannot be used", () => {
  test("is reported in a sentence", () => {
    const where = folder();
    writeFileSync(join(where, "file"), "");
    expect(() => openJournal(join(where, "file", "below"), false)).toThrow(
      /^The state folder .*below cannot be used/,
    );
  });

  test.skipIf(process.platform !== "linux")("also where a file system takes no folders", () => {
    expect(() => openJournal("/proc/none/below", false)).toThrow(/^The state folder .*below cannot be used/);
  });

  test("because another sandbox uses it", () => {
    const where = folder();
    writeFileSync(join(where, "lock"), String(process.ppid));
    expect(() => openJournal(where, false)).toThrow(`in use by another sandbox (process ${process.ppid})`);
  });

  test("because a line in the middle is damaged", () => {
    const where = folder();
    writeFileSync(join(where, "journal.jsonl"), "{}\n[]\n");
    expect(() => openJournal(where, false)).toThrow(/damaged in line 1: start with --fresh/);
  });

  test.skipIf(process.getuid?.() === 0)(
    "because it may not be written (skipped: root may write everywhere)",
    () => {
      const where = folder();
      chmodSync(where, 0o500);
      expect(() => openJournal(where, false)).toThrow(/cannot be used/);
    },
  );
});
