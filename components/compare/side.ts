import type { CompareSpec } from "#lib/experiment/experiment-spec.ts";
import { PARAMETERS } from "#lib/wire/parameters.ts";

/** The two answers, as people call them. */
export const SIDES = ["A", "B"] as const;

export type Side = (typeof SIDES)[number];

type Settings = Pick<CompareSpec["request"], "endpointName" | "parameters" | "dialect" | "stream">;

/** In what two sides differ, as words for each; both empty where they are asked alike. */
export function differences({ request, against }: CompareSpec): Record<Side, string[]> {
  const left = wordsOf(request);
  const right = wordsOf(against);
  const names = [...new Set([...left.keys(), ...right.keys()])];
  const differing = names.filter((name) => left.get(name) !== right.get(name));
  return {
    A: differing.map((name) => `${name} ${left.get(name) ?? "not set"}`),
    B: differing.map((name) => `${name} ${right.get(name) ?? "not set"}`),
  };
}

function wordsOf({ parameters, dialect, stream }: Settings): Map<string, string> {
  const set = PARAMETERS.flatMap(({ name, label }): [string, string][] => {
    const value = parameters[name];
    return value === undefined ? [] : [[label.toLowerCase(), JSON.stringify(value)]];
  });
  return new Map([
    ...set,
    ["request format", dialect ?? "automatic"],
    ["streaming", stream === false ? "off" : "on"],
  ]);
}
