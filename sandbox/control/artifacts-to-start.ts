import type { ArtifactSource } from "../artifacts/artifacts.ts";
import { AwsError } from "../aws-error.ts";
import { isJsonObject, parseJson, stringAt } from "../json.ts";
import { readSpec } from "./components/component-spec.ts";
import { fleetOf } from "./fleet.ts";
import { keyOf, type Scope } from "./scope.ts";

const COMPONENTS = ["CreateInferenceComponent", "UpdateInferenceComponent"];
const FLEETS = ["CreateEndpoint", "UpdateEndpoint"];

/**
 * Where the model data lies that a call is about to start containers from, which has to be read before the call
 * decides their lives; none for any other call and for one that will be refused.
 */
export function artifactsToStart(scope: Scope, operation: string, body: string): ArtifactSource[] {
  if (![...COMPONENTS, ...FLEETS].includes(operation)) return [];
  const input = parseJson(body);
  if (!isJsonObject(input)) return [];
  const sources: ArtifactSource[] = [];
  const noting: Scope = {
    ...scope,
    artifacts: (source) => {
      sources.push(source);
      return undefined;
    },
  };
  try {
    if (COMPONENTS.includes(operation)) readSpec(noting, input);
    else {
      const name = stringAt(input, "EndpointConfigName") ?? "";
      const config = scope.store.get("configs", scope.region, keyOf(name));
      if (config !== undefined) fleetOf(noting, config);
    }
  } catch (error) {
    // The call itself meets the same refusal and words it.
    if (!(error instanceof AwsError)) throw error;
  }
  return sources;
}
