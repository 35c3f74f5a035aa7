import { expect, test } from "vitest";
import { UNKNOWN_FACTS, type WireFacts } from "#lib/wire/wire-facts.ts";
import { wireFactsOf } from "./wire-facts-of.ts";

const ASYNC: WireFacts = { release: 36, mode: "async", engine: "vllm" };
const BEDROCK: WireFacts = { release: 31, mode: "rolling", engine: "vllm", compat: "bedrock" };

function variant(wire: WireFacts | null) {
  const more = { environment: {}, modelDataUrl: null, sendsLogProbs: true, sendsAlternatives: true };
  const container = wire && { image: "x", label: "x", ...more, acceptsMessages: true, wire };
  return { container };
}

test.each([
  ["one", [ASYNC], ASYNC],
  ["two alike", [ASYNC, { ...ASYNC }], ASYNC],
  ["two that differ", [ASYNC, BEDROCK], UNKNOWN_FACTS],
  ["two of which one cannot be seen", [ASYNC, null], UNKNOWN_FACTS],
  ["two that differ in their mode alone", [BEDROCK, { ...BEDROCK, compat: "tgi" as const }], UNKNOWN_FACTS],
  ["none", [], UNKNOWN_FACTS],
])("of %s", (_, wires, facts) => {
  expect(wireFactsOf(wires.map(variant))).toEqual(facts);
});
