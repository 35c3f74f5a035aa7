import type { Ending, Program, Running } from "./program.ts";
import { startProgram } from "./program.ts";

export type Loss = { program: Program; ending: Ending };

export type Supervisor = {
  start: (program: Program) => Running;
  /** Resolves with the first program that ends while nobody asked it to. */
  firstLoss: Promise<Loss>;
  stopAll: () => Promise<void>;
};

/** Keeps count of what was started, so that one call ends all of it. */
export function createSupervisor(): Supervisor {
  const running = new Set<Running>();
  let stopping = false;
  let reportLoss: (loss: Loss) => void = () => {};
  const firstLoss = new Promise<Loss>((resolve) => {
    reportLoss = resolve;
  });
  return {
    firstLoss,
    start: (program) => {
      const started = startProgram(program);
      running.add(started);
      started.ended.then((ending) => {
        // A command that did its work is no loss; a server that ended is, with whatever code.
        if (!stopping && program.output !== "keep") reportLoss({ program, ending });
      });
      return started;
    },
    stopAll: async () => {
      stopping = true;
      await Promise.all([...running].map((program) => program.stop()));
    },
  };
}
