import { parseLabels, type VariantRule } from "#lib/classify/label.ts";
import { labelledRows } from "#lib/classify/labelled-rows.ts";
import type { Table } from "#lib/classify/read-table.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { variablesIn } from "#lib/run/prompt-template.ts";
import { type ClassifySpec, experimentSpecSchema, TEXT_VARIABLE } from "./experiment-spec.ts";

/** What a new classification is made of, as typed; the table is read already. */
export type ClassificationDraft = {
  endpointName: string;
  prompt: string;
  table: Result<Table>;
  columns: { text: string; label: string };
  labels: string;
  rule: VariantRule;
  scoring: ClassifySpec["scoring"];
  /** The prompt is sent as a chat's message. A label cannot be put behind one. */
  asChat: boolean;
  maxNewTokens: string;
  concurrency: string;
  seed: string;
};

/** Turns the form into a spec, or says everything that is wrong with it at once. */
export function buildClassification(
  draft: ClassificationDraft,
): { ok: true; value: ClassifySpec } | { ok: false; failures: Failure[] } {
  const failures: Failure[] = [];
  if (draft.endpointName === "") failures.push(invalid("Pick an endpoint to ask.", "endpointName"));
  failures.push(...promptFailures(draft));
  const labels = parseLabels(draft.labels, draft.rule);
  if (!labels.ok) failures.push(labels.failure);
  if (!draft.table.ok) failures.push(draft.table.failure);
  const rows =
    draft.table.ok && labels.ok ? labelledRows(draft.table.value, draft.columns, labels.value) : null;
  if (rows?.ok === false) failures.push(rows.failure);
  for (const [field, least, most, what] of NUMBERS) {
    const value = read(draft[field]);
    if (!Number.isInteger(value) || value < least || value > most) {
      failures.push(
        invalid(`${what} must be a whole number from ${least} to ${most.toLocaleString("en")}.`, field),
      );
    }
  }
  if (failures.length > 0 || !labels.ok || !rows?.ok) return { ok: false, failures };
  const parsed = experimentSpecSchema.safeParse({
    kind: "classify",
    request: {
      endpointName: draft.endpointName,
      prompt: draft.prompt,
      parameters: { maxNewTokens: draft.scoring === "forced" ? 1 : read(draft.maxNewTokens) },
      ...(draft.asChat && draft.scoring === "alternatives" ? { dialect: "chat" } : {}),
    },
    labels: labels.value,
    rows: rows.value,
    scoring: draft.scoring,
    seed: read(draft.seed),
    concurrency: read(draft.concurrency),
  });
  if (parsed.success && parsed.data.kind === "classify") return { ok: true, value: parsed.data };
  const reason = parsed.error?.issues[0]?.message ?? "cannot be sent as it is";
  return { ok: false, failures: [invalid(`This classification ${reason}.`, "table")] };
}

const NUMBERS = [
  ["maxNewTokens", 1, 4_096, "New tokens"],
  ["concurrency", 1, 32, "Requests at once"],
  ["seed", 0, 4_294_967_295, "The seed of the split"],
] as const;

function promptFailures({ prompt }: ClassificationDraft): Failure[] {
  const variables = variablesIn(prompt);
  if (!variables.includes(TEXT_VARIABLE)) {
    return [invalid("The prompt needs {{text}} where a row's text goes.", "prompt")];
  }
  const others = variables.filter((name) => name !== TEXT_VARIABLE);
  return others.length === 0
    ? []
    : [invalid(`Only {{text}} is filled in; {{${others[0]}}} would be sent as it is.`, "prompt")];
}

function invalid(message: string, field: string): Failure {
  return { code: "invalid", message, field };
}

/** An empty field is no 0. */
function read(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
