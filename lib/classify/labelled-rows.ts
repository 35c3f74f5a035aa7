import * as z from "zod/mini";
import { findLabel, type Label } from "#lib/classify/label.ts";
import type { Table } from "#lib/classify/read-table.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";

export const MOST_ROWS = 1_000;

/** A text and the label it has by the table, as the place of the label in the set. */
export const labelledRowSchema = z.strictObject({
  text: z.string().check(z.minLength(1), z.maxLength(20_000)),
  truth: z.int().check(z.nonnegative()),
});

export type LabelledRow = z.infer<typeof labelledRowSchema>;

/** The rows of a table by two of its columns, or the first line that cannot be used and why. */
export function labelledRows(
  { columns, rows }: Table,
  { text, label }: { text: string; label: string },
  labels: readonly Label[],
): Result<LabelledRow[]> {
  const [textAt, labelAt] = [columns.indexOf(text), columns.indexOf(label)];
  if (textAt < 0 || labelAt < 0) return refuse("Choose a column for the text and one for the label.");
  if (textAt === labelAt) return refuse("Text and label must be two columns.");
  if (rows.length > MOST_ROWS) {
    return refuse(
      `The table has ${rows.length.toLocaleString("en")} rows; ${MOST_ROWS.toLocaleString("en")} are the most.`,
    );
  }
  const read: LabelledRow[] = [];
  for (const { line, cells } of rows) {
    const [words, cell] = [cells[textAt] ?? "", cells[labelAt] ?? ""];
    if (words.trim() === "") return refuse(`Line ${line} has no text in “${text}”.`);
    if (words.length > 20_000) return refuse(`The text of line ${line} has more than 20,000 characters.`);
    const truth = findLabel(cell, labels);
    if (truth === null) {
      return cell.trim() === ""
        ? refuse(`Line ${line} has no label in “${label}”.`)
        : refuse(`Line ${line} says “${clip(cell.trim())}”, which is none of the labels.`);
    }
    read.push({ text: words, truth });
  }
  return succeed(read);
}

/** The names that stand in a column, each once in the order of the rows, for a set of labels to begin with. */
export function namesIn({ columns, rows }: Table, column: string): string[] {
  const at = columns.indexOf(column);
  const names = new Map<string, string>();
  for (const { cells } of rows) {
    const name = (cells[at] ?? "").trim();
    if (name !== "" && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function refuse(message: string): Result<never> {
  return fail({ code: "invalid", message, field: "table" });
}
