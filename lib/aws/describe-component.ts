import "server-only";
import { DescribeInferenceComponentCommand } from "@aws-sdk/client-sagemaker";
import type { EndpointStatus } from "#lib/endpoint/endpoint.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { translateStatus } from "./translate-status.ts";

/** Where an inference component stands; its states are five of an endpoint's. Moments in epoch ms. */
export type ComponentState = {
  status: EndpointStatus;
  failureReason: string | null;
  createdAt: number;
  modifiedAt: number;
};

/** Fails with `not-found` where AWS knows no such component. */
export async function describeComponent(name: string): Promise<Result<ComponentState>> {
  try {
    const component = await sagemaker().send(
      new DescribeInferenceComponentCommand({ InferenceComponentName: name }),
    );
    return succeed({
      status: translateStatus(component.InferenceComponentStatus),
      failureReason: component.FailureReason || null,
      createdAt: component.CreationTime?.getTime() ?? 0,
      modifiedAt: component.LastModifiedTime?.getTime() ?? 0,
    });
  } catch (error) {
    return fail(awsFailure(error));
  }
}
