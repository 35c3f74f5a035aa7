import { describe, expect, test } from "vitest";
import { labelledRows, namesIn } from "./labelled-rows.ts";
import { readTable, type Table } from "./read-table.ts";
import { renderResults } from "./render-results.ts";
import type { RowScore } from "./row-score.ts";

function tableOf(text: string): Table {
  const read = readTable(text);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

describe("a table", () => {
  test.each([
    ["commas", 'text,label\n"Good, really ""good""",positive\nBad,negative\n'],
    ["semicolons and CRLF", 'text;label\r\n"Good, really ""good""";positive\r\nBad;negative\r\n'],
    [
      "tabs, a byte order mark and blank lines",
      '\uFEFFtext\tlabel\n\n"Good, really ""good"""\tpositive\nBad\tnegative\n\n',
    ],
  ])("with %s", (_separator, text) => {
    const { columns, rows } = tableOf(text);
    expect(columns).toEqual(["text", "label"]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['Good, really "good"', "positive"],
      ["Bad", "negative"],
    ]);
  });

  test("says in which line of the text a row begins, whatever its cells hold", () => {
    expect(tableOf('text,label\n"a\nb",x\n\nc,y\n').rows.map(({ line }) => line)).toEqual([2, 5]);
  });

  test.each([
    ["nothing", " \n", "There is no table yet."],
    ["no rows", "text,label\n", "Below the names of the columns there is no row."],
    ["a row too short", "text,label\na,b\nc\n", "Line 3 has 1 cell, the first line names 2 columns."],
    ["a row too long", "text,label\na, really,b\n", "Line 2 has 3 cells, the first line names 2 columns."],
    ["a name twice", "text,text\na,b\n", "Two columns are called “text”."],
    ["names missing", "text,,\na,b,c\n", "Columns have no name."],
    [
      "an open quotation mark",
      'text,label\n"a,b\nc,d\n',
      "The quotation mark that opens a cell in line 2 is never closed.",
    ],
    [
      "a stray quotation mark",
      'text,label\n"a" b,c\n',
      "Line 2 has a quotation mark in the middle of a quoted cell.",
    ],
    ["a spreadsheet file", "PK\u0003\u0004\0\0", "This is no text in UTF-8."],
    ["another encoding", "text,label\ncaf\uFFFD,b\n", "This is no text in UTF-8."],
    ["too much", `text,label\n${"a".repeat(2_000_000)},b`, "The table has more than two million characters."],
    [
      "too many columns",
      `${Array.from({ length: 65 }, (_, index) => `c${index}`).join(",")}\n`,
      "There are more than 64 columns.",
    ],
  ])("%s is refused", (_what, text, message) => {
    expect(readTable(text)).toMatchObject({ ok: false, failure: { message, field: "table" } });
  });
});

const LABELS = [
  { name: "positive", variants: [" positive", " good"] },
  { name: "negative", variants: [" negative"] },
];

describe("its rows", () => {
  const table = tableOf("id,text,label\n1,Nice,Positive\n2,Awful, negative \n3,Fine,GOOD\n");

  test("have a text and a label of the set, in any case or by a variant", () => {
    expect(labelledRows(table, { text: "text", label: "label" }, LABELS)).toEqual({
      ok: true,
      value: [
        { text: "Nice", truth: 0 },
        { text: "Awful", truth: 1 },
        { text: "Fine", truth: 0 },
      ],
    });
  });

  test("name the labels there are", () => {
    expect(namesIn(tableOf("l\nb\na\nB\n"), "l")).toEqual(["b", "a"]);
  });

  test.each([
    ["text,label\nNice,neutral\n", "Line 2 says “neutral”, which is none of the labels."],
    ["text,label\nNice,\n", "Line 2 has no label in “label”."],
    ["text,label\nNice,positive\n ,positive\n", "Line 3 has no text in “text”."],
    [`text,label\n${"a".repeat(20_001)},positive\n`, "The text of line 2 has more than 20,000 characters."],
    [`text,label\n${"a,positive\n".repeat(1_001)}`, "The table has 1,001 rows; 1,000 are the most."],
  ])("%#: %s", (text, message) => {
    expect(labelledRows(tableOf(text), { text: "text", label: "label" }, LABELS)).toMatchObject({
      failure: { message },
    });
  });

  test.each([
    [{ text: "", label: "label" }, "Choose a column for the text and one for the label."],
    [{ text: "label", label: "label" }, "Text and label must be two columns."],
  ])("%j: %s", (columns, message) => {
    expect(labelledRows(table, columns, LABELS)).toMatchObject({ failure: { message } });
  });
});

test("results as CSV hold every number, nothing where there is none, and no formula", () => {
  const score: RowScore = {
    method: "alternatives",
    logProbs: [Math.log(0.6), Math.log(0.2)],
    isBound: [false, false],
    elsewhere: 0.15,
    unseen: 0.05,
    leastSeen: 0.01,
    answered: 0,
  };
  const rows = [
    { text: '=SUM(A1) said "no"', truth: 1, score },
    { text: "not answered", truth: 0, score: null },
  ];
  const [head, first, second] = renderResults(rows, ["positive", "negative"], 2).split("\r\n");
  expect(head).toBe(
    "text,label,predicted,correct,p(positive),p(negative),calibrated p(positive),calibrated p(negative),mass_elsewhere,mass_unseen,method",
  );
  expect(first?.startsWith('"\'=SUM(A1) said ""no""",negative,positive,false,0.75,0.25,0.633974')).toBe(true);
  expect(first?.endsWith(",0.15,0.05,alternatives")).toBe(true);
  expect(second).toBe("not answered,positive,,,,,,,,,");
});
