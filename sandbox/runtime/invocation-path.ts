/** What a POST to the runtime asks for, by its path. */
export type InvocationPath = {
  readonly endpoint: string;
  readonly component: string | undefined;
  readonly operation: "invocations" | "invocations-response-stream" | "async-invocations" | "openai";
  /** Behind `/openai/v1/`; empty for the other operations. */
  readonly api: string;
};

const SDK = /^\/endpoints\/([^/]+)\/(invocations|invocations-response-stream|async-invocations)$/;
const OPENAI = /^\/endpoints\/([^/]+)(?:\/inference-components\/([^/]+))?\/openai\/v1\/(.+)$/;

/** Reads a path of the runtime; undefined for every other path. */
export function readInvocationPath(path: string): InvocationPath | undefined {
  const [, endpoint, operation] = SDK.exec(path) ?? [];
  if (endpoint !== undefined) {
    const isStream = operation === "invocations-response-stream";
    const isAsync = operation === "async-invocations";
    return {
      endpoint: decodeName(endpoint),
      component: undefined,
      operation: isStream ? "invocations-response-stream" : isAsync ? "async-invocations" : "invocations",
      api: "",
    };
  }
  const [, name, component, api = ""] = OPENAI.exec(path) ?? [];
  if (name === undefined) return undefined;
  return {
    endpoint: decodeName(name),
    component: component === undefined ? undefined : decodeName(component),
    operation: "openai",
    api,
  };
}

function decodeName(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
