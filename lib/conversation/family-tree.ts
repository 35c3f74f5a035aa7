import type { RunOrigin } from "#lib/run/run-origin.ts";
import type { FamilyRun } from "./family.ts";

/** Words that were asked, and everything that was answered to them: sent again, continued, branched. */
export type Question = { text: string; answers: Answer[] };

/** One run, and what was asked after it. */
type Answer = { run: FamilyRun; followUps: Question[] };

/** A place on the way from the first question to a run, with what stands beside it. */
export type Step = {
  question: Question;
  answer: Answer;
  /** The questions that stand in the same place, in the order of their first answers. */
  questions: Question[];
};

/**
 * The tree of a family of runs. A reply begins a question below its parent, an edit one beside its parent's; every
 * other run is one more answer to the question of its parent. A run whose parent is not there begins at the root.
 */
export function buildFamilyTree(runs: readonly FamilyRun[]): Question[] {
  const roots: Question[] = [];
  const places = new Map<string, { answer: Answer; question: Question; beside: Question[] }>();
  for (const run of runs.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))) {
    const parent = run.parentId === null ? undefined : places.get(run.parentId);
    const beside = placeOf(run.origin, parent, roots);
    const answer: Answer = { run, followUps: [] };
    const isOther = parent === undefined || run.origin?.kind === "reply" || run.origin?.kind === "edit";
    const question = isOther ? { text: run.question, answers: [] } : parent.question;
    if (isOther) beside.push(question);
    question.answers.push(answer);
    places.set(run.id, { answer, question, beside });
  }
  return roots;
}

function placeOf(
  origin: RunOrigin | null,
  parent: { answer: Answer; beside: Question[] } | undefined,
  roots: Question[],
): Question[] {
  if (parent === undefined) return roots;
  return origin?.kind === "reply" ? parent.answer.followUps : parent.beside;
}

/** The way from a root to a run; empty where the run is not in the tree. */
export function pathTo(roots: readonly Question[], runId: string): Step[] {
  for (const question of roots) {
    for (const answer of question.answers) {
      const step = { question, answer, questions: [...roots] };
      if (answer.run.id === runId) return [step];
      const below = pathTo(answer.followUps, runId);
      if (below.length > 0) return [step, ...below];
    }
  }
  return [];
}

/** How many runs a tree holds. */
export function countRuns(roots: readonly Question[]): number {
  return roots
    .flatMap(({ answers }) => answers)
    .reduce((sum, { followUps }) => sum + 1 + countRuns(followUps), 0);
}
