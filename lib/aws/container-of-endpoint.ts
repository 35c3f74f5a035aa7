import "server-only";
import { DescribeInferenceComponentCommand } from "@aws-sdk/client-sagemaker";
import type { Container } from "#lib/endpoint/endpoint.ts";
import { explainFailureReason } from "#lib/endpoint/failure-reason.ts";
import { whyNotInvoke } from "#lib/endpoint/status.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { WireFacts } from "#lib/lmi/container-facts.ts";
import { sagemaker } from "./clients.ts";
import { describeModelContainer, translateContainer } from "./describe-container.ts";
import { endpointWatch } from "./endpoint-watch.ts";
import { remember } from "./remember.ts";

/** The container that a prompt would reach. `container` is null where nobody may look, or several would fit. */
export type ReachedContainer = { wire: WireFacts; container: Container | null };

/** An image of one's own, or one nobody may look at: the LMI schema, which every container understands. */
const UNKNOWN: ReachedContainer = {
  wire: { release: null, mode: null, engine: null },
  container: null,
};

const rememberComponent = remember<ReachedContainer>(200);

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
}): Promise<Result<ReachedContainer>> {
  const read = await endpointWatch().describe(endpointName);
  if (!read.ok) return read.failure.code === "not-found" ? read : succeed(UNKNOWN);
  const { endpoint, wire } = read.value.value;
  const refusal = whyNotInvoke(endpoint.status);
  if (refusal) {
    const reason = endpoint.failureReason ? explainFailureReason(endpoint.failureReason) : null;
    return fail({ ...reason, code: "not-ready", ...refusal, ...(reason?.hint ? { hint: reason.hint } : {}) });
  }
  if (inferenceComponentName) return succeed(await componentFacts(inferenceComponentName));
  const names = targetVariant ? [targetVariant] : [...wire.keys()];
  const candidates = names.flatMap((name) => {
    const facts = wire.get(name);
    const container = endpoint.variants.find((variant) => variant.name === name)?.container ?? null;
    return facts ? [{ wire: facts, container }] : [];
  });
  const [first, ...others] = candidates;
  // Without a target SageMaker draws a variant by weight: only one container, or equal ones, can be known.
  const agree = others.every((other) => JSON.stringify(other.wire) === JSON.stringify(first?.wire));
  if (!first || !agree || candidates.length < names.length) return succeed(UNKNOWN);
  return succeed({ wire: first.wire, container: others.length === 0 ? first.container : null });
}

async function componentFacts(name: string): Promise<ReachedContainer> {
  try {
    return await rememberComponent(name, () => readComponent(name));
  } catch {
    return UNKNOWN; // Without the permission to describe components a prompt can still be sent.
  }
}

async function readComponent(name: string): Promise<ReachedContainer> {
  const component = await sagemaker().send(
    new DescribeInferenceComponentCommand({ InferenceComponentName: name }),
  );
  const specification = component.Specification;
  if (specification?.ModelName) return (await describeModelContainer(specification.ModelName)) ?? UNKNOWN;
  const container = specification?.Container;
  const described = translateContainer({
    Image: container?.DeployedImage?.SpecifiedImage,
    Environment: container?.Environment,
    ModelDataUrl: container?.ArtifactUrl,
  });
  return described ?? UNKNOWN;
}
