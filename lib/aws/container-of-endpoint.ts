import "server-only";
import { DescribeInferenceComponentCommand } from "@aws-sdk/client-sagemaker";
import { explainFailureReason } from "#lib/endpoint/failure-reason.ts";
import { whyNotInvoke } from "#lib/endpoint/status.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { WireFacts } from "#lib/lmi/container-facts.ts";
import { sagemaker } from "./clients.ts";
import { describeModelContainer, translateContainer } from "./describe-container.ts";
import { endpointWatch } from "./endpoint-watch.ts";
import { remember } from "./remember.ts";

/** An image of one's own, or one nobody may look at: the LMI schema, which every container understands. */
const UNKNOWN: WireFacts = { release: null, mode: null, engine: null };

const rememberComponent = remember<WireFacts>(200);

/**
 * What decides how a prompt for this endpoint is written. Costs no call of its own while the shared watch is
 * fresh. Fails only with what AWS is sure of, that there is no such endpoint (`not-found`) or that it cannot
 * answer now (`not-ready`): whoever may send prompts but not describe endpoints is not kept from sending.
 */
export async function containerOfEndpoint({
  endpointName,
  targetVariant,
  inferenceComponentName,
}: {
  endpointName: string;
  targetVariant?: string | undefined;
  inferenceComponentName?: string | undefined;
}): Promise<Result<WireFacts>> {
  const read = await endpointWatch().describe(endpointName);
  if (!read.ok) return read.failure.code === "not-found" ? read : succeed(UNKNOWN);
  const { endpoint, wire } = read.value.value;
  const refusal = whyNotInvoke(endpoint.status);
  if (refusal) {
    const reason = endpoint.failureReason ? explainFailureReason(endpoint.failureReason) : null;
    return fail({ ...reason, code: "not-ready", ...refusal, ...(reason?.hint ? { hint: reason.hint } : {}) });
  }
  if (inferenceComponentName) return succeed(await componentFacts(inferenceComponentName));
  // Without a target SageMaker draws a variant by weight: only one container, or equal ones, can be known.
  const candidates = targetVariant ? [wire.get(targetVariant)] : [...wire.values()];
  const [first, ...others] = candidates;
  const agree = others.every((facts) => JSON.stringify(facts) === JSON.stringify(first));
  return succeed(first && agree ? first : UNKNOWN);
}

async function componentFacts(name: string): Promise<WireFacts> {
  try {
    return await rememberComponent(name, () => readComponent(name));
  } catch {
    return UNKNOWN; // Without the permission to describe components a prompt can still be sent.
  }
}

async function readComponent(name: string): Promise<WireFacts> {
  const component = await sagemaker().send(
    new DescribeInferenceComponentCommand({ InferenceComponentName: name }),
  );
  const specification = component.Specification;
  if (specification?.ModelName)
    return (await describeModelContainer(specification.ModelName))?.wire ?? UNKNOWN;
  const container = specification?.Container;
  const described = translateContainer({
    Image: container?.DeployedImage?.SpecifiedImage,
    Environment: container?.Environment,
    ModelDataUrl: container?.ArtifactUrl,
  });
  return described?.wire ?? UNKNOWN;
}
