import type { Scope } from "../control/scope.ts";
import type { AsyncRequest } from "../state/async-records.ts";
import { INVOCATION_NAMESPACE } from "../telemetry/publish-invocation.ts";
import { statsOf } from "../telemetry/stats.ts";
import type { AsyncOutcome } from "./answer-async-request.ts";

const MINUTE = 60;

/**
 * Adds a request to the metrics of its variant. Names and units:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 */
export function publishAsyncOutcome(
  scope: Scope,
  request: AsyncRequest,
  startedAt: number,
  outcome: AsyncOutcome,
): void {
  const { clock, region, telemetry } = scope;
  const now = clock.now();
  const values: readonly (readonly [name: string, unit: string, value: number | null])[] = [
    ["InvocationsProcessed", "Count", 1],
    ["InvocationFailures", "Count", Number(outcome.failedBy !== null)],
    ["ExpiredRequests", "Count", Number(outcome.failedBy === "expired")],
    ["RequestDownloadFailures", "Count", Number(outcome.failedBy === "download")],
    ["ResponseUploadFailures", "Count", Number(outcome.failedBy === "upload")],
    ["RequestDownloadLatency", "Microseconds", outcome.downloadLatency],
    ["ResponseUploadLatency", "Microseconds", outcome.uploadLatency],
    ["TimeInBacklog", "Microseconds", (startedAt - request.acceptedAt) * 1000],
    ["TotalProcessingTime", "Milliseconds", now - request.acceptedAt],
  ];
  // Where it never came to a variant AWS still has to count it for one.
  const variant = outcome.variant ?? firstVariant(scope, request.endpoint);
  for (const [name, unit, value] of values) {
    if (value === null) continue;
    const dimensions = [
      ["EndpointName", request.endpoint],
      ["VariantName", variant],
    ] as const;
    const series = { region, namespace: INVOCATION_NAMESPACE, name, dimensions };
    telemetry.metrics.add(series, unit, MINUTE, now, statsOf(value));
  }
}

function firstVariant({ store, region }: Scope, endpoint: string): string {
  const record = store.get("endpoints", region, endpoint.toLowerCase());
  return record?.fleets.at(-1)?.variants[0]?.name ?? "";
}
