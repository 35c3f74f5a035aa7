import { isJsonObject, parseJson, stringAt } from "../json.ts";
import type { VariantRecord } from "../state/records.ts";
import { fleetOf } from "./fleet.ts";
import { keyOf, type Scope } from "./scope.ts";

const STARTING = ["CreateEndpoint", "UpdateEndpoint"];

/** The endpoint and the variants that a call is about to start; undefined where it starts none or will be refused. */
export function variantsToStart(
  scope: Scope,
  operation: string,
  body: string,
): { endpoint: string; variants: readonly VariantRecord[] } | undefined {
  const input = STARTING.includes(operation) ? parseJson(body) : undefined;
  if (!isJsonObject(input)) return undefined;
  const config = scope.store.get("configs", scope.region, keyOf(stringAt(input, "EndpointConfigName") ?? ""));
  if (config === undefined) return undefined;
  try {
    return { endpoint: stringAt(input, "EndpointName") ?? "", variants: fleetOf(scope, config).variants };
  } catch {
    // The call itself meets the same refusal and words it.
    return undefined;
  }
}
