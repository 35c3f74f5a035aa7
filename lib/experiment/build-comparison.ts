import type { Failure } from "#lib/failure.ts";
import { type ParameterDraft, parseParameterDraft } from "#lib/run/parameter-draft.ts";
import type { CompareSpec, Question } from "./experiment-spec.ts";

/** Whom else to ask; `own` are settings of its own, null where it is asked like the left one. */
export type AgainstDraft = { endpointName: string; own: ParameterDraft | null };

/** A comparison from the left question and the right side of the form, or everything that is wrong with the latter. */
export function buildComparison(
  request: Question,
  against: AgainstDraft,
): { ok: true; value: CompareSpec } | { ok: false; failures: Failure[] } {
  const failures: Failure[] = [];
  if (against.endpointName === "") {
    failures.push({ code: "invalid", message: "Pick an endpoint for B.", field: "against.endpointName" });
  }
  const own = against.own === null ? null : parseParameterDraft(against.own);
  if (own !== null && !own.ok) {
    failures.push(...own.failures.map((failure) => ({ ...failure, field: `against.${failure.field}` })));
  }
  // What names a part of the left endpoint means nothing to another one.
  const { prompt, messages, plainText, targetVariant, inferenceComponentName, dialect, ...rest } = request;
  const settings = own?.ok
    ? { ...rest, parameters: own.value }
    : { ...rest, ...(dialect === undefined ? {} : { dialect }) };
  const right = { ...settings, endpointName: against.endpointName };
  if (failures.length === 0 && against.endpointName === request.endpointName && isSame(request, right)) {
    failures.push({
      code: "invalid",
      message: "A and B are the same endpoint asked in the same way.",
      hint: "Pick another endpoint, or give B settings of its own.",
      field: "against.endpointName",
    });
  }
  if (failures.length > 0) return { ok: false, failures };
  return { ok: true, value: { kind: "compare", request, against: right, concurrency: 2 } };
}

function isSame(left: Question, right: Pick<Question, "parameters" | "dialect">): boolean {
  return (
    JSON.stringify(sorted(left.parameters)) === JSON.stringify(sorted(right.parameters)) &&
    left.dialect === right.dialect
  );
}

function sorted(parameters: object): [string, unknown][] {
  return Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
