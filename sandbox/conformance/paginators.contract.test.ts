import { expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { hasBoto, runPython } from "./programs.ts";

const boto = await hasBoto();
// 0, 1, 10, 11 and 250 rows in pages of 1, 7 and 100, of four lists, 250 pages only of one; an empty list is a page.
const PAGES = 4 * (3 + 3 + (10 + 2 + 1) + (11 + 2 + 1) + (36 + 3)) + 250;

test.skipIf(!boto)(
  `boto3's paginators lose and double nothing, also while a list grows${boto ? "" : " (no boto3)"}`,
  {
    timeout: 180_000,
  },
  async () => {
    const sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
    const found = await runPython("check-pages.py", [sandbox.url]);
    await sandbox.close();
    expect(found).toEqual({ wrong: [], pages: PAGES });
  },
);
