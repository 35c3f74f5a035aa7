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

/** What the server action is sent; it checks everything again. */
export function createInput(
  draft: CreateDraft,
  preset: PresetChoice | undefined,
): { ok: true; value: Record<string, unknown> } | { ok: false; failure: Failure } {
  const environment = parseEnvironmentLines(draft.environment);
  if (!environment.ok) return environment;
  const missing = preset?.wanted.find(({ name }) => !environment.value[name]);
  if (missing) {
    return {
      ok: false,
      failure: {
        code: "invalid",
        message: `${missing.name} has no value. ${missing.hint}`,
        field: "environment",
      },
    };
  }
  const timeout = draft.startupTimeoutSeconds.trim();
  const modelDataUrl = draft.modelDataUrl.trim();
  return {
    ok: true,
    value: {
      endpointName: draft.endpointName.trim(),
      image: draft.image.trim(),
      environment: environment.value,
      instanceType: draft.instanceType,
      instanceCount: readNumber(draft.instanceCount),
      executionRoleArn: draft.executionRoleArn.trim(),
      ...(modelDataUrl === "" ? {} : { modelDataUrl }),
      ...(timeout === "" ? {} : { startupTimeoutSeconds: readNumber(timeout) }),
    },
  };
}

/** Text that is no number goes on as text, so that the server's sentence for it is shown. */
function readNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}
