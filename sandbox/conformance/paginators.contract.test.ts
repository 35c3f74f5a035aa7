import { expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { hasBoto, runPython } from "./programs.ts";

const boto = await hasBoto();
// 0, 1, 10, 11 and 250 rows in pages of 1, 7 and 100, of four lists, 250 pages only of one; an empty list is a page.
// As many as have a paginator in boto3 and are not among those four; one of them in two orders.
const LISTS = 28;
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

test.skipIf(!boto)(
  `the lists of all services are the same in pages of any size${boto ? "" : " (no boto3)"}`,
  async () => {
    const sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
    const found = await runPython("check-other-pages.py", [sandbox.url]);
    await sandbox.close();
    expect(found).toEqual({ wrong: [], lists: LISTS });
  },
);
