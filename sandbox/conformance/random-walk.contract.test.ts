import { expect, test } from "vitest";
import { AwsError } from "../aws-error.ts";
import { openTestScope } from "../control/open-test-scope.ts";
import { SAGEMAKER } from "../control/operations.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { createRandom } from "../random.ts";
import { runOperation } from "../services/json-rpc.ts";
import { type Call, createAutomaton, type Seen } from "./automaton.ts";
import { A_DAY, COMPONENTS, createStrides, ENDPOINTS } from "./random-walk.ts";

const CALLS = 24_000;
// Change it and another walk is taken; a finding names the step.
const SEED = 20_261_125;
const START = 1_700_000_000_000;

/** A call's output, or the words of its refusal. */
function run(scope: Scope, { operation, input }: Call): JsonObject | string {
  try {
    return runOperation(SAGEMAKER, scope, operation, JSON.stringify(input)) ?? {};
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

function seeEndpoint(scope: Scope, name: string): Seen | undefined {
  const answer = run(scope, { operation: "DescribeEndpoint", input: { EndpointName: name } });
  if (typeof answer === "string") return undefined;
  const [variant = {}] = objectsAt(answer, "ProductionVariants");
  return {
    status: stringAt(answer, "EndpointStatus") ?? "",
    current: numberAt(variant, "CurrentInstanceCount") ?? 0,
    desired: numberAt(variant, "DesiredInstanceCount") ?? 0,
    failure: stringAt(answer, "FailureReason"),
    config: stringAt(answer, "EndpointConfigName") ?? "",
    variants: objectsAt(answer, "ProductionVariants").length,
  };
}

function seeComponent(scope: Scope, name: string): Seen | undefined {
  const input = { InferenceComponentName: name };
  const answer = run(scope, { operation: "DescribeInferenceComponent", input });
  if (typeof answer === "string") return undefined;
  const runtime = isJsonObject(answer.RuntimeConfig) ? answer.RuntimeConfig : {};
  return {
    status: stringAt(answer, "InferenceComponentStatus") ?? "",
    current: numberAt(runtime, "CurrentCopyCount") ?? 0,
    desired: numberAt(runtime, "DesiredCopyCount") ?? 0,
    failure: stringAt(answer, "FailureReason"),
  };
}

function listed(scope: Scope, operation: string, list: string, name: string): string[] {
  const answer = run(scope, { operation, input: { MaxResults: 100 } });
  return typeof answer === "string"
    ? [answer]
    : objectsAt(answer, list)
        .map((row) => stringAt(row, name) ?? "")
        .sort();
}

function lists(scope: Scope) {
  return {
    models: listed(scope, "ListModels", "Models", "ModelName"),
    configs: listed(scope, "ListEndpointConfigs", "EndpointConfigs", "EndpointConfigName"),
    endpoints: listed(scope, "ListEndpoints", "Endpoints", "EndpointName"),
    components: listed(scope, "ListInferenceComponents", "InferenceComponents", "InferenceComponentName"),
  };
}

test(`${CALLS} calls, legal and not, end as a small automaton says, and so does the passing of time`, () => {
  const random = createRandom(SEED);
  const next = createStrides(random);
  const automaton = createAutomaton();
  let elapsed = 0;
  let account = openTestScope({ start: START, seed: SEED });
  const tally = new Map<string, [accepted: number, refused: number]>();

  function look(settled: boolean): string[] {
    return [
      ...ENDPOINTS.flatMap((name) => automaton.seeEndpoint(name, seeEndpoint(account.scope, name), settled)),
      ...COMPONENTS.flatMap((name) =>
        automaton.seeComponent(name, seeComponent(account.scope, name), settled),
      ),
    ];
  }

  /** The same account as a program sees it that was killed here and started again. */
  function restart(): void {
    const before = [lists(account.scope), ENDPOINTS.map((name) => seeEndpoint(account.scope, name))];
    account = openTestScope({ start: START + elapsed, seed: SEED, past: account.changes });
    expect([lists(account.scope), ENDPOINTS.map((name) => seeEndpoint(account.scope, name))]).toEqual(before);
  }

  const breaches: string[] = [];
  let step = 0;
  for (let calls = 0; calls < CALLS && breaches.length === 0; step += 1) {
    const stride = next();
    // Plain comparisons: an assertion for each would cost more than the calls.
    const complain = (found: readonly string[]) =>
      breaches.push(...found.map((breach) => `step ${step}, ${JSON.stringify(stride)}: ${breach}`));
    if ("seconds" in stride) {
      elapsed += stride.seconds * 1000;
      account.wait(stride.seconds * 1000);
      complain(look(stride.seconds === A_DAY));
      continue;
    }
    calls += 1;
    const { call } = stride;
    const written = account.changes.length;
    const verdict = automaton.judge(call);
    const answer = run(account.scope, call);
    const counts = tally.get(call.operation) ?? [0, 0];
    tally.set(call.operation, counts);
    if (verdict === "accepted") {
      counts[0] += 1;
      complain(typeof answer === "string" ? [answer] : look(false));
    } else {
      counts[1] += 1;
      complain(
        typeof answer === "string" && verdict.test(answer) ? [] : [`not refused: ${verdict}, ${answer}`],
      );
      complain(account.changes.length === written ? [] : ["refused and written"]);
    }
    if (calls % 200 === 0) expect(lists(account.scope)).toEqual(automaton.names());
    // Often enough to meet endpoints in the middle of every state.
    if (calls % 500 === 0) restart();
  }
  expect(breaches).toEqual([]);
  // A walk that never comes to a place says nothing of it.
  for (const [operation, [accepted, refused]] of tally) {
    expect(
      Math.min(accepted, refused),
      `${operation}: ${accepted} accepted, ${refused} refused`,
    ).toBeGreaterThan(50);
  }
  expect(tally.size).toBe(15);
});
