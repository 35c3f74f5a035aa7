import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** Most labels of a set, and most ways to write one. */
const MOST_LABELS = 20;
const MOST_VARIANTS = 48;

/** A class and the texts with which an answer may begin to mean it, leading spaces included. */
const labelSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  variants: z
    .array(z.string().check(z.minLength(1), z.maxLength(120)))
    .check(z.minLength(1), z.maxLength(MOST_VARIANTS)),
});

export const labelSetSchema = z.array(labelSchema).check(z.minLength(2), z.maxLength(MOST_LABELS));

export type Label = z.infer<typeof labelSchema>;

/** Which ways to write a label are meant beside the one that was typed. */
export type VariantRule = { anyCase: boolean; anyLead: boolean };

/**
 * Reads labels as typed, one a line: `name` or `name = text | text`. The texts are further ways to write it. Each is
 * taken with a space in front, as a model that goes on after a colon writes it, and by `rule` also as a line of its own,
 * bare, in lower case, capitalised and in upper case.
 */
export function parseLabels(text: string, rule: VariantRule): Result<Label[]> {
  const labels = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => readLabel(line, rule));
  const complaint = complaintOf(labels);
  if (complaint !== null) return fail({ code: "invalid", message: complaint, field: "labels" });
  return succeed(labels);
}

function readLabel(line: string, rule: VariantRule): Label {
  const at = line.indexOf("=");
  const name = (at < 0 ? line : line.slice(0, at)).trim();
  const others = at < 0 ? [] : line.slice(at + 1).split("|");
  const words = [name, ...others.map((word) => word.trim())].filter((word) => word !== "");
  const cased = rule.anyCase ? words.flatMap(casesOf) : words;
  const leads = rule.anyLead ? [" ", "", "\n"] : [" "];
  return { name, variants: [...new Set(leads.flatMap((lead) => cased.map((word) => lead + word)))] };
}

function casesOf(word: string): string[] {
  const lower = word.toLowerCase();
  return [word, lower, lower.charAt(0).toUpperCase() + lower.slice(1), word.toUpperCase()];
}

function complaintOf(labels: readonly Label[]): string | null {
  if (labels.length < 2) return "Give at least two labels, one a line.";
  if (labels.length > MOST_LABELS) return `There may be at most ${MOST_LABELS} labels.`;
  if (labels.some(({ name }) => name === "")) return "A label has no name in front of its equals sign.";
  if (labels.some(({ name }) => name.length > 80)) return "A label's name has more than 80 characters.";
  const tooMany = labels.find(({ variants }) => variants.length > MOST_VARIANTS);
  if (tooMany) return `“${tooMany.name}” has more than ${MOST_VARIANTS} ways to be written.`;
  if (labels.some(({ variants }) => variants.some((variant) => variant.length > 120))) {
    return "A way to write a label has more than 120 characters.";
  }
  const owners = new Map<string, string>();
  for (const { name, variants } of labels) {
    for (const variant of variants) {
      const owner = owners.get(variant);
      if (owner === name) return `“${name}” is there twice.`;
      if (owner !== undefined) return `“${variant.trim()}” would mean both “${owner}” and “${name}”.`;
      owners.set(variant, name);
    }
  }
  return null;
}

/** Which label a cell of a table means, by its place among the labels: its name or a variant, in any case; null: none. */
export function findLabel(cell: string, labels: readonly Label[]): number | null {
  const wanted = plain(cell);
  const found = labels.findIndex(({ name, variants }) =>
    [name, ...variants].some((text) => plain(text) === wanted),
  );
  return found < 0 ? null : found;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
