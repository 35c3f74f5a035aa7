import { createEndpointInputSchema, explainIssues } from "#lib/endpoint/create-endpoint-input.ts";
import { parseEnvironmentLines, renderEnvironmentLines } from "#lib/endpoint/environment-lines.ts";
import type { Failure } from "#lib/failure.ts";

/** A way to start, as the page hands it over: the image already resolved for the region, or why there is none. */
export type PresetChoice = {
  id: string;
  title: string;
  description: string;
  image: string | null;
  refusal: string | null;
  environment: Readonly<Record<string, string>>;
  instanceType: string;
  instanceCount: number;
  startupTimeoutSeconds: number;
  wanted: readonly { name: string; hint: string }[];
};

/** What stands in the form: text, so that half-typed numbers are kept as they are. */
export type CreateDraft = {
  endpointName: string;
  preset: string;
  image: string;
  environment: string;
  instanceType: string;
  instanceCount: string;
  executionRoleArn: string;
  modelDataUrl: string;
  startupTimeoutSeconds: string;
};

/** The form filled from a preset. What the preset does not speak of stays as it is. */
export function fillFromPreset(draft: CreateDraft, preset: PresetChoice): CreateDraft {
  const wanted = Object.fromEntries(preset.wanted.map(({ name }) => [name, ""]));
  return {
    ...draft,
    preset: preset.id,
    image: preset.image ?? "",
    environment: renderEnvironmentLines({ ...preset.environment, ...wanted }),
    instanceType: preset.instanceType,
    instanceCount: String(preset.instanceCount),
    startupTimeoutSeconds: String(preset.startupTimeoutSeconds),
  };
}

/**
 * What the server action is sent, or everything that keeps it from being sent, one failure a field. The
 * action checks it all again.
 */
export function createInput(
  draft: CreateDraft,
  preset: PresetChoice | undefined,
): { ok: true; value: Record<string, unknown> } | { ok: false; failures: Failure[] } {
  const environment = parseEnvironmentLines(draft.environment);
  const timeout = draft.startupTimeoutSeconds.trim();
  const modelDataUrl = draft.modelDataUrl.trim();
  const value = {
    endpointName: draft.endpointName.trim(),
    image: draft.image.trim(),
    environment: environment.ok ? environment.value : {},
    instanceType: draft.instanceType,
    instanceCount: readNumber(draft.instanceCount),
    executionRoleArn: draft.executionRoleArn.trim(),
    ...(modelDataUrl === "" ? {} : { modelDataUrl }),
    ...(timeout === "" ? {} : { startupTimeoutSeconds: readNumber(timeout) }),
  };
  const parsed = createEndpointInputSchema.safeParse(value);
  const failures = [
    ...(environment.ok ? missingVariables(environment.value, preset) : [environment.failure]),
    ...(parsed.success ? [] : explainIssues(parsed.error)),
  ];
  return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
}

function missingVariables(environment: Record<string, string>, preset: PresetChoice | undefined): Failure[] {
  const missing = preset?.wanted.find(({ name }) => !environment[name]);
  if (!missing) return [];
  const message = `${missing.name} has no value. ${missing.hint}`;
  return [{ code: "invalid", message, field: "environment" }];
}

/** Text that is no number goes on as text, so that the schema's sentence for it is shown. */
function readNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}
