import "server-only";
import { ListEndpointsCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointWithResponseStreamCommand } from "@aws-sdk/client-sagemaker-runtime";
import { z } from "zod";
import { placeProbes } from "./clients.ts";

/** `host` as written in an address bar, with its port where that is not the scheme's own. */
export type Place = { host: string; hostname: string };

/**
 * Where the SDK would send control-plane calls and prompts: region, partition, variables, profiles and services
 * sections all considered by itself. A request is built and thrown away before it is signed or sent.
 * Throws what the SDK throws, for instance without a region.
 */
export async function resolvePlaces(): Promise<{ control: Place; runtime: Place }> {
  const probes = placeProbes();
  const control = new ListEndpointsCommand({});
  const prompt = new InvokeEndpointWithResponseStreamCommand({ EndpointName: "none", Body: "" });
  let controlRequest: unknown;
  let promptRequest: unknown;
  control.middlewareStack.add(
    () => async (call) => {
      controlRequest = call.request;
      return { output: { $metadata: {}, Endpoints: [] }, response: null };
    },
    { step: "build", priority: "high" },
  );
  prompt.middlewareStack.add(
    () => async (call) => {
      promptRequest = call.request;
      return { output: { $metadata: {}, Body: undefined }, response: null };
    },
    { step: "build", priority: "high" },
  );
  await Promise.all([probes.sagemaker.send(control), probes.runtime.send(prompt)]);
  return { control: placeOf(controlRequest), runtime: placeOf(promptRequest) };
}

const requestSchema = z.object({
  protocol: z.string(),
  hostname: z.string(),
  port: z.number().optional(),
});

function placeOf(request: unknown): Place {
  const { protocol, hostname, port } = requestSchema.parse(request);
  const isUsual = port === undefined || port === (protocol === "https:" ? 443 : 80);
  return { hostname, host: isUsual ? hostname : `${hostname}:${port}` };
}
