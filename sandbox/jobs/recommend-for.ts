import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";
import document from "../shapes/sagemaker.json" with { type: "json" };
import type { JobEnd, JobRecord } from "../state/job-records.ts";
import { parseLocation } from "../storage/object-location.ts";
import type { Storage } from "../storage/storage.ts";
import { recommend } from "./recommend.ts";

const KNOWN = document.shapes.AIRecommendationInstanceType.enum;
const WEIGHTS = /\.(?:safetensors|bin|pt|pth|gguf)$/;
const ARCHIVES = /\.tar(?:\.gz)?$/;

/** Works out a recommendation job from the weights that lie in the sandbox's S3. */
export async function recommendFor(scope: Scope, storage: Storage, { input }: JobRecord): Promise<JobEnd> {
  const modelUri = stringAt(objectAt(objectAt(input, "ModelSource"), "S3"), "S3Uri") ?? "";
  const weightBytes = weightsAt(storage, modelUri);
  if (weightBytes === 0) {
    return { ok: false, reason: `There are no model weights under ${modelUri}.` };
  }
  const compute = objectAt(input, "ComputeSpec");
  const [constraint] = objectsAt(objectAt(input, "PerformanceTarget"), "Constraints");
  const types = Array.isArray(compute.InstanceTypes) ? compute.InstanceTypes.map(String) : [];
  const recommendations = recommend({
    weightBytes,
    modelUri,
    types,
    known: KNOWN,
    metric: stringAt(constraint ?? {}, "Metric") ?? "cost",
    framework: stringAt(objectAt(input, "InferenceSpecification"), "Framework") ?? "LMI",
    region: scope.region,
  });
  const asked = types.length > 0 ? types.join(", ") : "any instance type";
  return recommendations.length > 0
    ? { ok: true, recommendations }
    : { ok: false, reason: `Weights of ${(weightBytes / 1024 ** 3).toFixed(1)} GiB do not fit ${asked}.` };
}

/** Bytes of weight files under a prefix; of archives where there are no others. */
function weightsAt({ store }: Storage, uri: string): number {
  const location = parseLocation(uri);
  if (location === undefined) return 0;
  const objects = store.all("objects", location.bucket).filter(({ key }) => key.startsWith(location.key));
  const sum = (pattern: RegExp) =>
    objects.filter(({ key }) => pattern.test(key)).reduce((total, { size }) => total + size, 0);
  return sum(WEIGHTS) || sum(ARCHIVES);
}

function objectAt(value: JsonObject, member: string): JsonObject {
  const found = value[member];
  return isJsonObject(found) ? found : {};
}
