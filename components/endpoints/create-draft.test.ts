import { describe, expect, it } from "vitest";
import { parseCreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { type CreateDraft, createInput, fillFromPreset, type PresetChoice } from "./create-draft.ts";

const empty: CreateDraft = {
  endpointName: "my-endpoint",
  preset: "",
  image: "",
  environment: "",
  instanceType: "",
  instanceCount: "",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  modelDataUrl: "",
  startupTimeoutSeconds: "",
};

const preset: PresetChoice = {
  id: "llama",
  title: "Llama",
  description: "",
  image: "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130",
  refusal: null,
  environment: { HF_MODEL_ID: "meta/llama" },
  instanceType: "ml.g5.xlarge",
  instanceCount: 1,
  startupTimeoutSeconds: 900,
  wanted: [{ name: "HF_TOKEN", hint: "A token." }],
};

describe("the create form", () => {
  it("filled from a preset is what the server accepts", () => {
    const filled = fillFromPreset(empty, { ...preset, wanted: [] });
    const input = createInput(filled, { ...preset, wanted: [] });
    expect(input.ok && parseCreateEndpointInput(input.value).ok).toBe(true);
  });

  it("asks for what the preset wants before anything is made", () => {
    const filled = fillFromPreset(empty, preset);
    expect(filled.environment).toBe("HF_MODEL_ID=meta/llama\nHF_TOKEN=");
    const refused = createInput(filled, preset);
    expect(!refused.ok && refused.failures.map(({ field }) => field)).toEqual(["environment"]);
    const told = { ...filled, environment: `${filled.environment}hf_abc` };
    expect(createInput(told, preset).ok).toBe(true);
  });

  it("keeps the name and role when the preset changes", () => {
    expect(fillFromPreset(empty, preset)).toMatchObject({
      endpointName: empty.endpointName,
      executionRoleArn: empty.executionRoleArn,
    });
  });

  it.each(["two", "", "1.5", "0"])("says of %j instances that they cannot be", (instanceCount) => {
    const filled = { ...fillFromPreset(empty, { ...preset, wanted: [] }), instanceCount };
    const refused = createInput(filled, undefined);
    expect(!refused.ok && refused.failures.map(({ field }) => field)).toEqual(["instanceCount"]);
  });

  it("tells every mistake at once", () => {
    const draft = { ...empty, endpointName: "two words", environment: "no value", modelDataUrl: "ftp://x" };
    const refused = createInput(draft, undefined);
    const fields = refused.ok ? [] : refused.failures.map(({ field }) => field);
    const expected = [
      "environment",
      "endpointName",
      "image",
      "modelDataUrl",
      "instanceType",
      "instanceCount",
    ];
    expect(fields).toEqual(expected);
  });
});
