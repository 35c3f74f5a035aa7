"use client";

import * as z from "zod/mini";
import { useDraft } from "./use-draft.ts";

const variablesSchema = z.record(z.string(), z.string());

/** What stands for each `{{variable}}` of the prompt, kept as a draft. */
export function useVariables(): [
  Readonly<Record<string, string>>,
  (variables: Readonly<Record<string, string>>) => void,
] {
  const [text, setText] = useDraft("variables");
  const parsed = variablesSchema.safeParse(parseJson(text));
  return [parsed.success ? parsed.data : {}, (variables) => setText(JSON.stringify(variables))];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
