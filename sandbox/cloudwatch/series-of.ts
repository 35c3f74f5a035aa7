import { type JsonObject, objectsAt, stringAt } from "../json.ts";
import type { Series } from "../telemetry/metric-cells.ts";

/** The series that an input's namespace, metric name and dimensions name. */
export function seriesOf(region: string, metric: JsonObject): Series {
  return {
    region,
    namespace: stringAt(metric, "Namespace") ?? "",
    name: stringAt(metric, "MetricName") ?? "",
    dimensions: objectsAt(metric, "Dimensions")
      .map((dimension) => [stringAt(dimension, "Name") ?? "", stringAt(dimension, "Value") ?? ""] as const)
      // The order in which dimensions are given does not matter.
      .toSorted((left, right) => (left[0] < right[0] ? -1 : 1)),
  };
}

/** A series as CloudWatch lists it. */
export function metricOf({ namespace, name, dimensions }: Series): JsonObject {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
  };
}
