import Papa from "papaparse";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** A table as read: every row has as many cells as there are columns. `line` is where a row begins in the text. */
export type Table = { columns: string[]; rows: { line: number; cells: string[] }[] };

const MOST_CHARACTERS = 2_000_000;
const MOST_COLUMNS = 64;

/**
 * Reads CSV with a first line of column names: commas, semicolons, tabs or bars, as that line suggests, quoted by
 * RFC 4180. Says which line is at fault and never guesses at a broken one, since a shifted cell would be a wrong label.
 */
export function readTable(text: string): Result<Table> {
  if (text.trim() === "") return refuse("There is no table yet.", "Paste CSV, or choose a file.");
  if (text.length > MOST_CHARACTERS) {
    return refuse("The table has more than two million characters.", "Take a part of it.");
  }
  if (/[\0\uFFFD]/.test(text)) {
    return refuse(
      "This is no text in UTF-8.",
      "Export the table as CSV in UTF-8; a spreadsheet file is not read.",
    );
  }
  const lines: number[] = [];
  const plain = text.replace(/^\uFEFF/, "");
  const { data, errors } = Papa.parse<string[]>(plain, {
    delimiter: separatorOf(plain),
    skipEmptyLines: false,
  });
  const broken = errors.find(({ type }) => type === "Quotes");
  let line = 1;
  for (const cells of data) {
    lines.push(line);
    line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  }
  if (broken !== undefined) {
    const at = lines[broken.row ?? 0] ?? 1;
    return refuse(
      broken.code === "MissingQuotes"
        ? `The quotation mark that opens a cell in line ${at} is never closed.`
        : `Line ${at} has a quotation mark in the middle of a quoted cell.`,
      "Inside a quoted cell, a quotation mark is written twice.",
    );
  }
  const filled = data
    .map((cells, index) => ({ line: lines[index] ?? 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const [head, ...rows] = filled;
  const columns = (head?.cells ?? []).map((name) => name.trim());
  const complaint = complaintOf(columns, rows);
  return complaint === null ? succeed({ columns, rows }) : refuse(...complaint);
}

/** What most often stands between the columns' names: a guess by the rows would be led astray by prose in them. */
function separatorOf(text: string): string {
  const head = (text.split(/[\r\n]+/).find((line) => line.trim() !== "") ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string) => head.split(separator).length;
  return [",", ";", "\t", "|"].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function complaintOf(
  columns: readonly string[],
  rows: Table["rows"],
): [message: string, hint: string] | null {
  if (columns.length > MOST_COLUMNS) return [`There are more than ${MOST_COLUMNS} columns.`, "Take fewer."];
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) {
    return twice === ""
      ? ["Columns have no name.", "The first line must name the columns."]
      : [`Two columns are called “${twice}”.`, "Give each its own name in the first line."];
  }
  if (rows.length === 0) return ["Below the names of the columns there is no row.", "Add rows."];
  const uneven = rows.find(({ cells }) => cells.length !== columns.length);
  if (uneven === undefined) return null;
  const [found, expected] = [uneven.cells.length, columns.length];
  return [
    `Line ${uneven.line} has ${found} ${found === 1 ? "cell" : "cells"}, the first line names ${expected} ${expected === 1 ? "column" : "columns"}.`,
    "A text with the separator in it must stand in quotation marks.",
  ];
}

function refuse(message: string, hint: string): Result<never> {
  return fail({ code: "invalid", message, hint, field: "table" });
}
