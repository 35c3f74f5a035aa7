import "server-only";
import { isNotFound } from "./aws-failure.ts";

const LONGEST_MS = 30_000;

export type Patience = { now: () => number; sleep: (ms: number) => Promise<void> };

export const REAL_PATIENCE: Patience = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Repeats a call that refers to something just created: SageMaker is eventually consistent and may answer
 * "Could not find …" for some seconds (developer guide, CreateEndpoint). Any other error, and this one after
 * 30 s, is thrown.
 */
export async function retryUntilVisible<Value>(
  attempt: () => Promise<Value>,
  { now, sleep }: Patience,
): Promise<Value> {
  const deadline = now() + LONGEST_MS;
  for (let pause = 500; ; pause = Math.min(pause * 2, 4_000)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isNotFound(error) || now() + pause > deadline) throw error;
      await sleep(pause);
    }
  }
}
