import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { fillPrompt } from "#lib/run/prompt-template.ts";
import { type ClassifySpec, TEXT_VARIABLE } from "./experiment-spec.ts";

/** A request of a classification: for which row, and the label and variant that it puts behind the prompt, if any. */
export type ClassifyCell = {
  row: number;
  forced: { label: number; variant: string } | null;
  request: InvokeRequest;
};

/** Tokens to wait for where nothing is said: enough for a label, and not for an essay about it. */
const ANSWER_TOKENS = 8;

/** The most that any container sends. */
const ALTERNATIVES = 20;

/** Every request of a classification, row by row. */
export function classifyCells({ request, labels, rows, scoring }: ClassifySpec): ClassifyCell[] {
  return rows.flatMap(({ text }, row): ClassifyCell[] => {
    const { prompt } = fillPrompt(request.prompt ?? "", { [TEXT_VARIABLE]: text });
    if (scoring === "alternatives") return [{ row, forced: null, request: answerRequest(request, prompt) }];
    return labels.flatMap(({ variants }, label) =>
      variants.map((variant) => ({
        row,
        forced: { label, variant },
        request: forcedRequest(request, prompt + variant),
      })),
    );
  });
}

/** Greedy, so that the tokens which are followed are the likeliest ones, with all the alternatives that there are. */
function answerRequest(request: ClassifySpec["request"], prompt: string): InvokeRequest {
  const { maxNewTokens = ANSWER_TOKENS } = request.parameters;
  const parameters = { ...request.parameters, maxNewTokens, temperature: 0, alternatives: ALTERNATIVES };
  return { ...request, prompt, parameters };
}

/** One token has to be generated; what is wanted is the prompt's own tokens, which only whole answers of the LMI schema carry. */
function forcedRequest(request: ClassifySpec["request"], prompt: string): InvokeRequest {
  const { alternatives: _, ...rest } = request.parameters;
  const parameters = { ...rest, maxNewTokens: 1, temperature: 0, promptTokens: true, details: true };
  return { ...request, prompt, parameters, stream: false };
}
