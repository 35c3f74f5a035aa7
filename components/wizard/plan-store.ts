import * as z from "zod/mini";
import type { Failure } from "#lib/failure.ts";
import { BLANK_PLAN, type Plan, planSchema, withoutSecrets } from "#lib/plan/plan.ts";

/** The draft survives the browser; secrets last as long as the tab and are never written into an address. */
const DRAFT = "sagescope-plan";
const EARLIER = "sagescope-plan-before";
const SECRETS = "sagescope-plan-secrets";
/** The word this browser wrote last: an address that still has it is older than the draft, not another plan. */
const WRITTEN = "sagescope-plan-address";

/** Servers refuse longer addresses; a longer plan is kept in the browser alone. */
const MOST_ADDRESS = 6_000;

export type Held = {
  plan: Plan;
  /** The plan that another one took the place of, to be brought back. */
  earlier: Plan | null;
  failure: Failure | null;
};

let held: Held | null = null;
let opened = "";
const listeners = new Set<() => void>();

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function read(): Held {
  held ??= { plan: readStored(DRAFT) ?? BLANK_PLAN, earlier: readStored(EARLIER), failure: null };
  return held;
}

/** Opens the plan of an address. The draft it takes the place of can be brought back. */
export async function openAddress(word: string): Promise<void> {
  if (word === "" || word === opened || word === readWord()) return;
  const { parsePlanAddress, renderPlanAddress } = await import("#lib/plan/plan-address.ts");
  if (word === renderPlanAddress(read().plan)) return;
  opened = word;
  const parsed = parsePlanAddress(word);
  if (parsed.ok) replacePlan(parsed.value);
  else hold({ ...read(), failure: parsed.failure });
}

/**
 * Changes fields at once, and carries the plan to the back end that AWS's tree then leads to: the tree's tables are
 * loaded with the first such change.
 */
export async function followPlan(patch: Partial<Plan>): Promise<void> {
  const before = read().plan;
  changePlan((plan) => ({ ...plan, ...patch }));
  const { followTree } = await import("#lib/plan/follow-tree.ts");
  changePlan((plan) => followTree(withFieldsOf(plan, before, patch), patch));
}

export function changePlan(change: (plan: Plan) => Plan): void {
  hold({ ...read(), plan: change(read().plan), failure: null });
}

/** Names a role where the plan has none, and leaves everything else, a failure that is shown included. */
export function suggestRole(executionRoleArn: string): void {
  const now = read();
  if (now.plan.executionRoleArn === "") hold({ ...now, plan: { ...now.plan, executionRoleArn } });
}

/** Begins with another plan; what was there is kept for `bringBack`. */
export function replacePlan(plan: Plan): void {
  const before = read().plan;
  const isBlank = before.modelId === "" && before.properties === "";
  hold({ plan, earlier: isBlank ? read().earlier : before, failure: null });
}

export function bringBack(): void {
  const { earlier, plan } = read();
  if (earlier) hold({ plan: earlier, earlier: plan, failure: null });
}

/** The plan as a word for the address: none for a blank one, null for one that is too long. */
export async function addressOf(plan: Plan): Promise<string | null> {
  if (JSON.stringify(plan) === JSON.stringify(BLANK_PLAN)) return "";
  // It brings the compression, which nobody needs who has not begun.
  const { renderPlanAddress } = await import("#lib/plan/plan-address.ts");
  const word = renderPlanAddress(plan);
  return word.length > MOST_ADDRESS ? null : word;
}

/** Remembers the word that is about to be written into the address. */
export function rememberAddress(word: string): void {
  store(localStorage, WRITTEN, word);
}

/** The plan with those fields of an earlier one that a change is about. */
function withFieldsOf(plan: Plan, earlier: Plan, patch: Partial<Plan>): Plan {
  const entries = Object.entries(earlier).filter(([name]) => name in patch);
  return { ...plan, ...Object.fromEntries(entries) };
}

function readWord(): string | null {
  try {
    return z.string().safeParse(JSON.parse(localStorage.getItem(WRITTEN) ?? "null")).data ?? null;
  } catch {
    // Forbidden storage: there is no draft in it either.
    return null;
  }
}

function hold(next: Held): void {
  held = next;
  store(localStorage, DRAFT, withoutSecrets(next.plan).plan);
  if (next.earlier) store(localStorage, EARLIER, withoutSecrets(next.earlier).plan);
  const { left } = withoutSecrets(next.plan);
  store(sessionStorage, SECRETS, Object.fromEntries(left.map((name) => [name, next.plan.environment[name]])));
  for (const listener of listeners) listener();
}

function store(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage can be full or forbidden; the plan then lives in memory and in the address.
  }
}

function readStored(key: string): Plan | null {
  try {
    const written: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    const plan = planSchema.safeParse(written).data ?? null;
    if (plan === null || key !== DRAFT) return plan;
    const secrets = z
      .record(z.string(), z.string())
      .safeParse(JSON.parse(sessionStorage.getItem(SECRETS) ?? "{}"));
    return { ...plan, environment: { ...plan.environment, ...(secrets.data ?? {}) } };
  } catch {
    // Forbidden storage, or a draft of another version that is no JSON.
    return null;
  }
}
