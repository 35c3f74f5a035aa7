import type { Failure } from "#lib/failure.ts";
import { parseExtraParameters } from "#lib/run/extra-parameters.ts";
import type { RequestDialect } from "#lib/wire/dialects.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { type ParameterDraft, parseParameterDraft } from "./parameter-draft.ts";
import { fillPrompt } from "./prompt-template.ts";

/** How the request is to be written. `extra` is JSON as typed. */
export type RequestFormat = { dialect: RequestDialect | "auto"; stream: boolean; extra: string };

/** The playground's form as it stands. */
export type RequestDraft = {
  endpointName: string;
  prompt: string;
  /** What stands for each `{{variable}}` of the prompt. */
  variables: Readonly<Record<string, string>>;
  parameters: ParameterDraft;
  format?: RequestFormat | undefined;
  autoContinue: { maxRequests: number; maxTokens: number } | null;
};

/** Turns the form into a request, or says everything that is wrong with it at once. */
export function buildRequest(
  draft: RequestDraft,
): { ok: true; value: InvokeRequest } | { ok: false; failures: Failure[] } {
  const failures: Failure[] = [];
  if (draft.endpointName === "") {
    failures.push({ code: "invalid", message: "Pick an endpoint to ask.", field: "endpointName" });
  }
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
  const parameters = parseParameterDraft(draft.parameters);
  const { dialect = "auto", stream = true, extra: extraText = "" } = draft.format ?? {};
  const extra = parseExtraParameters(extraText, parameters.ok ? parameters.value : {});
  if (!extra.ok) failures.push(extra.failure);
  if (!parameters.ok) return { ok: false, failures: [...failures, ...parameters.failures] };
  if (failures.length > 0) return { ok: false, failures };
  return {
    ok: true,
    value: {
      endpointName: draft.endpointName,
      prompt,
      parameters: parameters.value,
      ...(extra.ok && extra.value !== null ? { extraParameters: extra.value } : {}),
      ...(dialect === "auto" ? {} : { dialect }),
      ...(stream ? {} : { stream }),
      ...(draft.autoContinue ? { autoContinue: draft.autoContinue } : {}),
    },
  };
}
