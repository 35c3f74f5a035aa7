import type { Failure } from "#lib/failure.ts";
import { parseExtraParameters } from "#lib/run/extra-parameters.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";
import { type AutoContinueDraft, parseAutoContinueDraft } from "./auto-continue-draft.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { type ParameterDraft, parseParameterDraft } from "./parameter-draft.ts";
import { fillPrompt } from "./prompt-template.ts";

/** How the request is to be written and its answer read. `extra` is JSON as typed. */
export type RequestFormat = {
  dialect: RequestDialect | "auto";
  reading: "auto" | "text";
  stream: boolean;
  extra: string;
};

/** How the playground's form says to generate. */
export type SettingsDraft = {
  endpointName: string;
  parameters: ParameterDraft;
  format?: RequestFormat | undefined;
  autoContinue: AutoContinueDraft;
};

/** The playground's form as it stands. */
export type RequestDraft = SettingsDraft & {
  prompt: string;
  /** What stands for each `{{variable}}` of the prompt. */
  variables: Readonly<Record<string, string>>;
};

/** Everything of a request but the words. */
export type Settings = Omit<InvokeRequest, "prompt" | "messages" | "origin" | "answerSoFar" | "plainText">;

type Built<Value> = { ok: true; value: Value } | { ok: false; failures: Failure[] };

/** Turns the form into a request, or says everything that is wrong with it at once. */
export function buildRequest(draft: RequestDraft): Built<InvokeRequest> {
  const failures: Failure[] = [];
  if (draft.prompt.trim() === "") {
    failures.push({
      code: "invalid",
      message: "The prompt is empty: write something for the model to go on from.",
      field: "prompt",
    });
  }
  const { prompt, missing } = fillPrompt(draft.prompt, draft.variables);
  if (missing.length > 0) {
    failures.push({ code: "invalid", message: "This variable has no value yet.", field: "variables" });
  }
  const settings = buildSettings(draft);
  if (!settings.ok) return { ok: false, failures: [...failures, ...settings.failures] };
  return failures.length > 0 ? { ok: false, failures } : { ok: true, value: { ...settings.value, prompt } };
}

/** Everything of a request but the words, which an answer that is gone on with already has. */
export function buildSettings(draft: SettingsDraft): Built<Settings> {
  const failures: Failure[] = [];
  if (draft.endpointName === "") {
    failures.push({ code: "invalid", message: "Pick an endpoint to ask.", field: "endpointName" });
  }
  const parameters = parseParameterDraft(draft.parameters);
  const { dialect = "auto", reading = "auto", stream = true, extra: extraText = "" } = draft.format ?? {};
  const extra = parseExtraParameters(extraText, parameters.ok ? parameters.value : {});
  if (!extra.ok) failures.push(extra.failure);
  if (!parameters.ok) failures.push(...parameters.failures);
  const limits = parseAutoContinueDraft(draft.autoContinue);
  if (!limits.ok) failures.push(limits.failure);
  if (!parameters.ok || !limits.ok || failures.length > 0) return { ok: false, failures };
  return {
    ok: true,
    value: {
      endpointName: draft.endpointName,
      parameters: parameters.value,
      ...(extra.ok && extra.value !== null ? { extraParameters: extra.value } : {}),
      ...(dialect === "auto" ? {} : { dialect }),
      ...(reading === "auto" ? {} : { readAs: reading }),
      ...(stream ? {} : { stream }),
      ...(limits.value === null ? {} : { autoContinue: limits.value }),
    },
  };
}
