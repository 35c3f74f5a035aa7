import type { Supervisor } from "./supervisor.ts";

/** One line for the person at the terminal. */
export function say(sentence: string): void {
  console.log(sentence);
}

/** A last word, to standard error where something was wrong. */
export function sayAndExit(code: number, sentence: string): never {
  if (code === 0) console.log(sentence);
  else console.error(sentence);
  process.exit(code);
}

/** Makes Ctrl-C, a termination and a closed terminal end everything; returns the way to do so oneself. */
export function endOnSignals(supervisor: Supervisor): (code: number) => Promise<never> {
  let ending: Promise<never> | undefined;
  const end = (code: number) => {
    ending ??= supervisor.stopAll().then(() => process.exit(code));
    return ending;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // Asked twice: leave at once. The guards see our end and see to the programs.
      if (ending !== undefined) process.exit(130);
      void end(0);
    });
  }
  return end;
}
