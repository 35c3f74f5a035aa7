/** How much too early somebody may wake, so that those who are due together wake together. */
const SLACK_MS = 2;

type Sleeper = { readonly due: number; readonly wake: () => void };

const sleepers = new Set<Sleeper>();
let timer: NodeJS.Timeout | undefined;
let firesAt = Number.POSITIVE_INFINITY;

/**
 * Calls `wake` at a moment of `performance.now()`; answers how to call that off. One timer serves everybody: with one
 * for each of hundreds of streams the process would turn its loop once for every token.
 */
export function sleepUntil(due: number, wake: () => void): () => void {
  const sleeper = { due, wake };
  sleepers.add(sleeper);
  fireAt(due);
  return () => void sleepers.delete(sleeper);
}

function fireAt(due: number): void {
  if (due >= firesAt) return;
  clearTimeout(timer);
  firesAt = due;
  timer = setTimeout(fire, due - performance.now());
}

function fire(): void {
  firesAt = Number.POSITIVE_INFINITY;
  const until = performance.now() + SLACK_MS;
  let next = Number.POSITIVE_INFINITY;
  const due: Sleeper[] = [];
  for (const sleeper of sleepers) {
    if (sleeper.due <= until) due.push(sleeper);
    else next = Math.min(next, sleeper.due);
  }
  // Whoever is latest comes first, also where the process was kept from waking anybody for a while.
  for (const sleeper of due.toSorted((left, right) => left.due - right.due)) {
    sleepers.delete(sleeper);
    sleeper.wake();
  }
  if (next < Number.POSITIVE_INFINITY) fireAt(next);
}
