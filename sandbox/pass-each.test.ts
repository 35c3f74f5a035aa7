import { expect, test } from "vitest";
import { passEach } from "./pass-each.ts";

/** Counts up and tells what happened to it. */
function createSource(count: number, end: "ends" | "throws") {
  const told: string[] = [];
  async function* source() {
    try {
      for (let value = 1; value <= count; value += 1) yield value;
      if (end === "throws") throw new Error("broken");
    } finally {
      told.push("source over");
    }
  }
  const passed = passEach(source(), {
    each: (value) => (value % 2 === 0 ? value * 10 : undefined),
    whole: () => void told.push("whole"),
    over: () => void told.push("over"),
  });
  return { passed, told };
}

test("what is undefined is dropped, also thousands in a row", async () => {
  const { passed, told } = createSource(5, "ends");
  expect(await readAll(passed)).toEqual([20, 40]);
  expect(told).toEqual(["source over", "whole", "over"]);
  const [last] = await readAll(
    passEach(createSource(40_000, "ends").passed, { each: (value) => (value > 399_990 ? value : undefined) }),
  );
  expect(last).toBe(400_000);
});

test("a reader who leaves ends the source", async () => {
  const { passed, told } = createSource(9, "ends");
  for await (const value of passed) if (value === 40) break;
  expect(told).toEqual(["over", "source over"]);
});

test("an error of the source reaches the reader, and is not the whole", async () => {
  const { passed, told } = createSource(2, "throws");
  await expect(readAll(passed)).rejects.toThrow("broken");
  expect(told).toEqual(["source over", "over"]);
});

async function readAll<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const read: Value[] = [];
  for await (const value of values) read.push(value);
  return read;
}
