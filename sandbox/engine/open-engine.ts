import { resolve } from "node:path";
import type { Engine } from "./engine.ts";
import type { EngineSpec } from "./engine-spec.ts";
import { type EngineSettings, forkEngine } from "./fork-engine.ts";
import { containerEngine } from "./remote/container-engine.ts";
import { openaiEngine } from "./remote/openai-engine.ts";
import { REMOTE_SETTINGS } from "./remote/remote-settings.ts";

export type OpenSettings = Omit<EngineSettings, "modelPath" | "isOptional"> & {
  /** The demonstration model's file. */
  readonly demoPath: string;
};

/** Makes the engine that a specification names; nothing is started or called yet. */
export function openEngine(spec: EngineSpec, { demoPath, ...settings }: OpenSettings): Engine {
  switch (spec.kind) {
    case "demo":
      // Platforms without an engine binary still have endpoints to look at.
      return forkEngine({ ...settings, modelPath: demoPath, isOptional: true });
    case "gguf":
      return forkEngine({ ...settings, modelPath: resolve(spec.path), isOptional: false });
    case "openai":
      return openaiEngine(spec.url, spec.model, REMOTE_SETTINGS);
    case "lmi":
      return containerEngine(spec.url, REMOTE_SETTINGS);
  }
}
