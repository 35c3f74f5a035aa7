import type { Generate } from "../engine/generation.ts";
import { playScript, type Script } from "../engine/scripted-generation.ts";

/** The scripts that wait for the next invocations of endpoints. */
export type Scripts = {
  /** Answers the next `times` invocations of an endpoint with a script; zero takes all scripts away. */
  set(region: string, endpoint: string, script: Script, times: number): void;
  /** Takes the script for an invocation that begins now. */
  take(region: string, endpoint: string): Script | undefined;
  clear(): void;
};

/** An empty board of scripts. */
export function createScripts(): Scripts {
  const waiting = new Map<string, { script: Script; left: number }[]>();
  return {
    set(region, endpoint, script, times) {
      const key = `${region}/${endpoint}`;
      // Scripts queue up, so that a test can lay out several invocations beforehand.
      waiting.set(key, times === 0 ? [] : [...(waiting.get(key) ?? []), { script, left: times }]);
    },
    take(region, endpoint) {
      const queue = waiting.get(`${region}/${endpoint}`);
      const first = queue?.[0];
      if (queue === undefined || first === undefined) return undefined;
      first.left -= 1;
      if (first.left === 0) queue.shift();
      return first.script;
    },
    clear: () => waiting.clear(),
  };
}

/** The engine, or the script that stands in for it. */
export function scripted(generate: Generate, script: Script | undefined): Generate {
  return script === undefined ? generate : (_request, signal) => playScript(script, signal);
}
