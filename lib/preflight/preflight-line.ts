import type { Failure } from "#lib/failure.ts";
import type { Plan } from "#lib/plan/plan.ts";

/** `unknown` is an answer: nobody could say, and it is not counted as passed. */
export type Verdict = "pass" | "warn" | "block" | "unknown";

/** A button: a change of the plan, or a page where a person has to act. */
export type PreflightFix =
  | { kind: "patch"; label: string; patch: Partial<Plan> }
  | { kind: "visit"; label: string; href: string };

/** One line of the pre-flight. `evidence` is what it was decided from. */
export type PreflightLine = {
  id: string;
  title: string;
  verdict: Verdict;
  message: string;
  evidence?: string;
  fixes: PreflightFix[];
};

export function line(
  id: string,
  title: string,
  verdict: Verdict,
  message: string,
  fixes: PreflightFix[] = [],
): PreflightLine {
  return { id, title, verdict, message, fixes };
}

/** What nobody could say, why not, and what to do so that the next look can. */
export function unknownLine(
  id: string,
  title: string,
  sentence: string,
  failure: Failure | undefined,
): PreflightLine {
  if (!failure) return line(id, title, "unknown", sentence);
  // The detail of a refusal is the policy statement that would allow it.
  const isRefused = failure.code === "not-allowed" && failure.detail !== undefined;
  const next = isRefused ? "Allow it in that identity's policy, then ask again:" : (failure.hint ?? "");
  return {
    ...line(id, title, "unknown", [sentence, failure.message, next].filter(Boolean).join(" ")),
    ...(isRefused ? { evidence: failure.detail?.replaceAll(/\s+/g, " ") ?? "" } : {}),
  };
}
