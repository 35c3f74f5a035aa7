import type { GenerationEvent, GenerationRequest } from "./generation.ts";

/** From the server to the engine's process. */
export type ToEngine =
  | { readonly type: "generate"; readonly id: number; readonly request: GenerationRequest }
  | { readonly type: "cancel"; readonly id: number };

/** From the engine's process to the server. `ended` follows every `generate`, also a cancelled one. */
export type FromEngine =
  | { readonly type: "ready"; readonly model: string; readonly contextSize: number; readonly places: number }
  | { readonly type: "unavailable"; readonly reason: string }
  | { readonly type: "event"; readonly id: number; readonly event: GenerationEvent }
  | { readonly type: "ended"; readonly id: number };
