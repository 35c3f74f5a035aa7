import * as z from "zod/mini";

const jsonSchema = z.record(z.string(), z.json());

/** What a program has to know to ask the same: no credential is among it, SDKs and tools find their own. */
export type CodeTarget = {
  endpointName: string;
  inferenceComponentName?: string | undefined;
  targetVariant?: string | undefined;
  region: string;
  /** Address of the runtime where it is not AWS's own, e.g. `http://127.0.0.1:4580`; null: AWS's. */
  endpointUrl: string | null;
  /** The body as it was sent. */
  body: Record<string, z.core.util.JSONType>;
};

/** Reads a body that was sent back to what it says; null where it is no JSON object. */
export function parseBody(body: string): CodeTarget["body"] | null {
  try {
    const parsed = jsonSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The same request with the whole answer at once, for tools that cannot read AWS's event stream. */
export function withoutStream(body: CodeTarget["body"]): CodeTarget["body"] {
  const { stream: _stream, stream_options: _options, ...rest } = body;
  return rest;
}

/** AWS's own host of the runtime in a region. */
export function awsRuntimeHost(region: string): string {
  return `runtime.sagemaker.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** Where the runtime answers, e.g. `https://runtime.sagemaker.eu-west-1.amazonaws.com`. */
export function runtimeUrl({ region, endpointUrl }: CodeTarget): string {
  return endpointUrl ?? `https://${awsRuntimeHost(region)}`;
}
