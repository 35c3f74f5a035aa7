import { setTimeout as sleep } from "node:timers/promises";

const STEP_MS = 50;
const ONE_TRY_MS = 5_000;

/** Resolves true when a server answers there at all, whatever it says; false when time is up or `signal` fires. */
export async function waitUntilAnswers(url: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  while (!deadline.aborted) {
    if (await answers(url, deadline)) return true;
    await sleep(STEP_MS);
  }
  return false;
}

async function answers(url: string, deadline: AbortSignal) {
  try {
    const signal = AbortSignal.any([deadline, AbortSignal.timeout(ONE_TRY_MS)]);
    const response = await fetch(url, { redirect: "manual", signal });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
