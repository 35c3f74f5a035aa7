import { findModel } from "#lib/fit/model-catalogue.ts";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import { readModelConfig } from "#lib/fit/read-model-config.ts";
import type { Plan } from "./plan.ts";

/**
 * The figures of a plan's model: those of the pasted config.json first, since that is the very model, with the
 * parameters the person gave; else the catalogue's. Null where nobody knows them.
 */
export function modelOfPlan({ modelId, modelConfig, parameters }: Plan): ModelFigures | null {
  const pasted = modelConfig === null ? null : readModelConfig(modelConfig, modelId || "your model");
  const model = pasted?.ok ? pasted.value : findModel(modelId);
  return model && parameters !== null && model.parameters === null ? { ...model, parameters } : model;
}
