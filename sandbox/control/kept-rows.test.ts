import { expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { keepRows, type Row } from "./kept-rows.ts";
import { type Listing, listPage, shortList } from "./list-page.ts";
import { sortedPage } from "./sorted-page.ts";

const STATUSES = ["Creating", "InService", "Updating", "Failed"] as const;
const SORT_BYS = ["CreationTime", "Name", "Status"] as const;
const SORT_ORDERS = ["Ascending", "Descending"] as const;
const FILTERS = [{}, { NameContains: "-1" }, { StatusEquals: "InService" }, { CreationTimeAfter: 0.05 }];

type Life = { createdAt: number; changesAt: number; first: string; then: string | undefined };

/** A changing account: rows that come, go, and change by the clock alone. */
function createAccount(seed: number) {
  const random = createRandom(seed);
  const lives = new Map<string, Life>();
  const pick = <Item>(items: readonly [Item, ...Item[]]) =>
    items[Math.floor(random() * items.length)] ?? items[0];

  function read(name: string, now: number): Row | undefined {
    const life = lives.get(name);
    if (life === undefined) return undefined;
    const { createdAt, changesAt, first, then } = life;
    const changed = changesAt <= now;
    const status = changed ? then : first;
    if (status === undefined) return undefined;
    const until = changed ? Number.POSITIVE_INFINITY : changesAt;
    return { name, createdAt, modifiedAt: changed ? changesAt : createdAt, status, until };
  }

  /** Writes or deletes something; answers its name. */
  function change(now: number): string {
    const name = `row-${Math.floor(random() * 200)}`;
    if (random() < 0.2) lives.delete(name);
    else {
      const then = random() < 0.2 ? undefined : pick(STATUSES);
      lives.set(name, { createdAt: now, changesAt: now + random() * 400, first: pick(STATUSES), then });
    }
    return name;
  }

  return { lives, read, change, random };
}

test("rows that are kept are those that would be sorted anew, page for page", () => {
  const { lives, read, change, random } = createAccount(7);
  let now = 0;
  for (let index = 0; index < 60; index += 1) change(now);
  const rows = keepRows(() => [...lives.keys()], read);
  for (let round = 0; round < 150; round += 1) {
    now += Math.floor(random() * 30) - 3;
    for (let count = random() * 6; count > 1; count -= 1) rows.heed(change(now));
    const all = [...lives.keys()].flatMap((name) => read(name, now) ?? []);
    const input = {
      SortBy: SORT_BYS[round % 3] ?? "Name",
      SortOrder: SORT_ORDERS[round % 2] ?? "Ascending",
      MaxResults: 1 + Math.floor(random() * 40),
      ...FILTERS[Math.floor(random() * FILTERS.length)],
    };
    const kept = { name: "a list", inOrder: (by: (typeof SORT_BYS)[number]) => rows.inOrder(by, now) };
    const sorted = { name: "a list", inOrder: shortList(all) };
    expect(namesOf(kept, input)).toEqual(namesOf(sorted, input));
  }
});

test("whoever asks again pays for what changed since", () => {
  const { lives, read, change } = createAccount(11);
  for (let index = 0; index < 1000; index += 1) change(0);
  const reads: string[] = [];
  const rows = keepRows(
    () => [...lives.keys()],
    (name, now) => {
      reads.push(name);
      return read(name, now);
    },
  );
  rows.inOrder("CreationTime", 10_000);
  expect(reads).toHaveLength(lives.size);
  reads.length = 0;
  rows.inOrder("Status", 10_000);
  expect(reads).toEqual([]);
  const name = change(10_000);
  rows.heed(name);
  rows.inOrder("Name", 10_000);
  expect(reads).toEqual([name]);
});

test.each(SORT_ORDERS)("a page far behind looks at no more rows than the first (%s)", (order) => {
  const items = Array.from({ length: 10_000 }, (_, index) => index);
  const looked: number[] = [];
  let token: string | undefined;
  do {
    let count = 0;
    const page = sortedPage(items, {
      placeOf: (item) => [item, "row"],
      isWanted: () => {
        count += 1;
        return true;
      },
      descending: order === "Descending",
      size: 100,
      token,
      list: "a list",
      secret: "a secret",
    });
    looked.push(count);
    token = page.nextToken;
  } while (token !== undefined);
  expect(looked).toHaveLength(100);
  expect(Math.max(...looked)).toBe(101);
});

function namesOf(listing: Omit<Listing<Row>, "secret">, input: Record<string, string | number>): string[][] {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const asked = { ...input, ...(token === undefined ? {} : { NextToken: token }) };
    const page = listPage({ ...listing, secret: "a secret" }, asked);
    pages.push(page.items.map(({ name }) => name));
    token = page.nextToken;
  } while (token !== undefined);
  return pages;
}
