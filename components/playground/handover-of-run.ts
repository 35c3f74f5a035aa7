import { awsRuntimeHost, type CodeTarget } from "#lib/code/code-target.ts";
import type { Connection } from "#lib/endpoint/connection.ts";
import { type Capsule, packCapsule } from "#lib/handover/capsule.ts";
import { eventsOfRun } from "#lib/handover/events-of-run.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunState } from "#lib/run/reduce-run.ts";

/** The run that is shown, as a capsule. */
export function capsuleOf(
  run: RunState,
  asked: InvokeRequest | null,
  container: string | null,
  connection: Connection | undefined,
): Capsule {
  const endpointName = asked?.endpointName ?? "recorded answer";
  return packCapsule({
    endpointName,
    container,
    region: connection?.region ?? null,
    startedAt: run.startedAt,
    request: asked,
    events: eventsOfRun(run, endpointName),
  });
}

/** Where code has to send the same request: AWS's own host, or the one that this server was told to use. */
export function targetOf(
  asked: InvokeRequest,
  { region, runtimeHost, isLocal }: Connection,
): Omit<CodeTarget, "body"> {
  const { endpointName, inferenceComponentName, targetVariant } = asked;
  const isAws = region === null || runtimeHost === null || runtimeHost === awsRuntimeHost(region);
  const endpointUrl = isAws ? null : `${isLocal ? "http" : "https"}://${runtimeHost}`;
  return { endpointName, inferenceComponentName, targetVariant, region: region ?? "us-east-1", endpointUrl };
}
