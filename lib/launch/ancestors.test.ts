import { expect, test } from "vitest";
import { chainToNpm, isChainWhole, type ProcessView } from "./ancestors.ts";

function machine(processes: Record<number, [parent: number, command: string]>) {
  return (pid: number): ProcessView | undefined => {
    const found = processes[pid];
    return found && { parent: found[0], command: found[1] };
  };
}

const UNDER_NPM = machine({
  40: [30, "node --import tsx lib/launch/start.ts"],
  30: [20, "sh -c node --import tsx lib/launch/start.ts"],
  20: [10, "npm start"],
  10: [1, "bash"],
});

test("the chain ends at npm: whoever started npm may leave", () => {
  expect(chainToNpm(40, UNDER_NPM)).toEqual([40, 30, 20]);
});

test("npm run by its own file is npm too", () => {
  const read = machine({ 40: [20, "node start.ts"], 20: [10, "node /usr/lib/npm/bin/npm-cli.js start"] });
  expect(chainToNpm(40, read)).toEqual([40, 20]);
});

test("without npm above, nobody is watched", () => {
  const read = machine({ 40: [10, "node start.ts"], 10: [5, "bash"], 5: [1, "sshd"] });
  expect(chainToNpm(40, read)).toEqual([40]);
  expect(isChainWhole([40], read)).toBe(true);
});

test("a killed npm breaks the chain: its shell gets another parent", () => {
  const read = machine({ 40: [30, "node start.ts"], 30: [1, "sh"] });
  expect(isChainWhole([40, 30, 20], UNDER_NPM)).toBe(true);
  expect(isChainWhole([40, 30, 20], read)).toBe(false);
});

test("a killed shell breaks it too", () => {
  expect(isChainWhole([40, 30, 20], machine({ 40: [1, "node start.ts"], 20: [10, "npm start"] }))).toBe(
    false,
  );
});
