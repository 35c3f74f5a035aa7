import { type BackendId, backendTitle } from "#lib/lmi/backend-id.ts";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import { atVersion, type BackendRow, findBackend, frameworksOf } from "./backend-catalogue.ts";

/** `supported` is null where no source says; the reason then says what would have to be known. */
export type Capability = { supported: boolean | null; reason: string; source: string | null };

/**
 * Whether a back end lists an architecture in a version. Names are the catalogue's ("llama", "gpt-neox"). A
 * list that only refers to "upstream" answers null: what vLLM runs is vLLM's to say.
 */
export function supportsArchitecture(backend: BackendId, version: string, architecture: string): Capability {
  const row = findBackend(backend);
  if (!row) return unknown(`Nothing is recorded about ${backend}.`);
  if (frameworksOf(backend, version).length === 0) return no(`LMI ${version} has no ${row.title}.`);
  const found = listOf(row, version);
  if (!found) return unknown(`No list of models of ${row.title} ${version} is recorded.`);
  const { names, basis, source } = found;
  if (names === "transformers")
    return { supported: true, reason: `${row.title} runs most Transformers models.`, source };
  if (names === "vllm+t5") {
    if (architecture === "t5")
      return { supported: true, reason: `${row.title} adds T5 to vLLM's list.`, source };
    return unknown(`${row.title} runs what the vLLM inside lists (${basis}).`, source);
  }
  if (typeof names === "string") {
    if (architecture === "t5") return no("vLLM does not serve T5.", source);
    return wasListedBefore(row, architecture)
      ? { supported: true, reason: `${row.title} has listed ${architecture} before.`, source }
      : unknown(`${row.title} defers to the list of the vLLM inside.`, source);
  }
  const isListed = names.some((name) => isSameArchitecture(name, architecture));
  const where = `${row.title} ${version}`;
  return isListed
    ? { supported: true, reason: `${where} lists ${architecture}.`, source }
    : no(`${where} does not list ${architecture}.`, source);
}

/** Features that are asked for by name, apart from architectures. */
export type Feature = "JIT compilation" | "LoRA" | "speculative decoding" | "collectives at degree 4";

/** Whether a back end has a feature in a version; for just-in-time compilation, for an architecture. */
export function supportsFeature(
  backend: BackendId,
  version: string,
  feature: Feature,
  architecture?: string | null,
): Capability {
  const row = findBackend(backend);
  if (!row) return unknown(`Nothing is recorded about ${backend}.`);
  switch (feature) {
    case "JIT compilation":
      return supportsJit(row, version, architecture ?? null);
    case "LoRA":
      return since(row, "LoRA adapters", row.lora, version);
    case "speculative decoding":
      return since(row, "speculative decoding", row.speculative_decoding, version);
    case "collectives at degree 4": {
      const source = row.tensor_parallel?.source ?? null;
      if (backend !== "lmi-dist") return no(`Only LMI-Dist has AWS's collectives.`, source);
      return isVersionIn(version, "0.26.0-0.32.0")
        ? {
            supported: true,
            reason: "From 0.26.0 the collectives run over 4 or 8 accelerators of p4d.",
            source,
          }
        : no("Before 0.26.0 the collectives run over all 8 accelerators of p4d alone.", source);
    }
  }
}

function supportsJit(row: BackendRow, version: string, architecture: string | null): Capability {
  if (row.jit_architectures.length === 0) return no(`${row.title} compiles nothing while it starts.`);
  if (architecture === null) return unknown("Which architecture is it?");
  const listed = row.jit_architectures.find(({ arch }) => isSameArchitecture(arch, architecture));
  const source = sourceOf(row, version);
  if (!listed)
    return no(`${row.title} compiles no ${architecture} by itself; convert it ahead of time.`, source);
  const first = listed.since.split(" ")[0] ?? listed.since;
  return compareVersions(version, first) >= 0
    ? { supported: true, reason: `Compiled at start-up since ${first}.`, source: listed.note ?? source }
    : no(`Compiled at start-up only since ${first}; this is ${version}.`, source);
}

function since(
  row: BackendRow,
  what: string,
  { supported, from }: { supported: boolean | string; from?: string | undefined },
  version: string,
): Capability {
  if (supported === false) return no(`${row.title} has no ${what}.`);
  if (typeof supported === "string") return unknown(`${row.title} and ${what}: ${supported}.`);
  const first = from?.split(" ")[0];
  if (first && compareVersions(version, first) < 0)
    return no(`${row.title} has ${what} since ${first}; this is ${version}.`);
  return {
    supported: true,
    reason: `${row.title} has ${what}${first ? ` since ${first}` : ""}.`,
    source: null,
  };
}

/** Neuron's row of 0.29 to 0.34 says "as 0.28.0". */
function listOf(
  row: BackendRow,
  version: string,
): { names: string[] | string; basis: string; source: string | null } | null {
  const found = atVersion(row.architectures, version);
  if (!found) return null;
  const { list, basis = "", source = null } = found.value;
  const referred = typeof list === "string" ? list.match(/^as (\S+)$/)?.[1] : undefined;
  const names = referred ? (row.architectures[referred]?.list ?? list) : list;
  return { names, basis, source };
}

function wasListedBefore(row: BackendRow, architecture: string): boolean {
  return Object.values(row.architectures).some(
    ({ list }) => Array.isArray(list) && list.some((name) => isSameArchitecture(name, architecture)),
  );
}

/** The lists write "llama 2/3/3.1" and "phi2" for what a configuration calls llama and phi. */
function isSameArchitecture(listed: string, architecture: string): boolean {
  if (listed === architecture) return true;
  if (architecture === "llama") return /^llama( ?[23](\/|\.|$)|2$|3$)/.test(listed);
  if (architecture === "phi") return listed === "phi2";
  return architecture === "gpt-bigcode" && (listed === "santacoder" || listed === "starcoder");
}

function sourceOf(row: BackendRow, version: string): string | null {
  return atVersion(row.architectures, version)?.value.source ?? null;
}

function no(reason: string, source: string | null = null): Capability {
  return { supported: false, reason, source };
}

function unknown(reason: string, source: string | null = null): Capability {
  return { supported: null, reason, source };
}

/** The back ends of a version with what each makes of an architecture, for a table of all of them. */
export function compareBackends(
  version: string,
  architecture: string | null,
): { backend: BackendId; title: string; capability: Capability }[] {
  const ids = [
    "lmi-dist",
    "vllm",
    "tensorrt-llm",
    "deepspeed",
    "transformers-neuronx",
    "hf-accelerate",
  ] as const;
  return ids.map((backend) => ({
    backend,
    title: backendTitle(backend),
    capability:
      architecture === null
        ? unknown("The model's architecture is not known.")
        : supportsArchitecture(backend, version, architecture),
  }));
}
