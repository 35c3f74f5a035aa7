/** Which engine answers: the demonstration model, a GGUF file, an OpenAI-compatible server or an LMI container. */
export type EngineSpec =
  | { readonly kind: "demo" }
  | { readonly kind: "gguf"; readonly path: string }
  | { readonly kind: "openai"; readonly url: string; readonly model: string | undefined }
  | { readonly kind: "lmi"; readonly url: string };

export type ReadSpec = { ok: true; spec: EngineSpec } | { ok: false; reason: string };

/** The model's environment variable that chooses the engine of its endpoints. */
export const ENGINE_VARIABLE = "LMI_SANDBOX_ENGINE";

/** Reads `demo`, `gguf:PATH`, `openai:URL`, `openai:URL#MODEL` or `lmi:URL`; anything else gets a sentence. */
export function readEngineSpec(text: string): ReadSpec {
  const [, kind = text, rest = ""] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (kind === "demo" && rest === "") return { ok: true, spec: { kind } };
  if (kind === "gguf") {
    return rest === ""
      ? refused(text, "gguf: needs the path of a file")
      : { ok: true, spec: { kind, path: rest } };
  }
  if (kind !== "openai" && kind !== "lmi") {
    return refused(text, "it must be demo, gguf:PATH, openai:URL or lmi:URL");
  }
  const url = URL.canParse(rest) ? new URL(rest) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return refused(text, `${kind}: needs an address that begins with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") {
    // It would be written to the state folder and answered by DescribeModel.
    return refused(text.replace(/\/\/[^/]*@/, "//…@"), "an address must not carry a password");
  }
  const model = decodeURIComponent(url.hash.slice(1));
  url.hash = "";
  return kind === "openai"
    ? { ok: true, spec: { kind, url: openaiBase(url), model: model === "" ? undefined : model } }
    : { ok: true, spec: { kind, url: invocationsUrl(url) } };
}

// Such servers answer below /v1, and people name them with and without it.
function openaiBase(url: URL): string {
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path === "" ? "/v1" : path}`;
}

// A container answers SageMaker at /invocations; a path of one's own is DJL's /predictions/MODEL.
function invocationsUrl(url: URL): string {
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path === "" ? "/invocations" : path}${url.search}`;
}

function refused(text: string, reason: string): ReadSpec {
  return { ok: false, reason: `The engine "${text}" cannot be used: ${reason}.` };
}
