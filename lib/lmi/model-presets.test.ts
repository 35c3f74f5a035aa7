import { describe, expect, it } from "vitest";
import { parseCreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { containerFacts } from "./container-facts.ts";
import { imageUri, LMI_REGIONS, listVersions } from "./image-uri.ts";
import images from "./images.json" with { type: "json" };
import { findInstanceType, INSTANCE_TYPES } from "./instance-types.ts";
import { MODEL_PRESETS, presetImage, presetsIn } from "./model-presets.ts";

describe("images", () => {
  it.each(images.expected_uri_examples.filter((example) => example.version !== "latest"))("%o", (example) => {
    const framework = (["djl-lmi", "djl-tensorrtllm", "djl-deepspeed", "djl-neuronx"] as const).find(
      (name) => name === example.framework,
    );
    const { version, region, uri } = example;
    expect(imageUri({ framework: framework ?? expect.fail(), version, region })).toEqual({
      ok: true,
      value: uri,
    });
  });

  it("are refused where AWS does not publish them, and where they do not exist", () => {
    expect(
      imageUri({ framework: "djl-tensorrtllm", version: "0.26.0", region: "us-iso-east-1" }),
    ).toMatchObject({
      failure: { code: "invalid", field: "image", message: expect.stringContaining("us-iso-east-1") },
    });
    expect(imageUri({ framework: "djl-lmi", version: "0.36.0", region: "mars-1" }).ok).toBe(false);
    expect(imageUri({ framework: "djl-lmi", version: "9.9.9", region: "us-east-1" })).toMatchObject({
      failure: { hint: expect.stringContaining("0.36.0") },
    });
  });

  it("can be another build of the same version", () => {
    const wish = { framework: "djl-lmi", version: "0.36.0", region: "us-east-1" } as const;
    expect(imageUri({ ...wish, tag: "0.36.0-lmi28.0.0-cu130" })).toMatchObject({
      value: expect.stringMatching(/:0\.36\.0-lmi28\.0\.0-cu130$/),
    });
    expect(listVersions("djl-lmi").at(-1)).toBe("0.36.0");
  });
});

describe("presets", () => {
  it.each(MODEL_PRESETS.map((preset) => [preset.id, preset] as const))(
    "%s is a form AWS would take",
    (_id, preset) => {
      const image = presetImage(preset, "us-east-1");
      expect(image.ok).toBe(true);
      const parsed = parseCreateEndpointInput({
        endpointName: preset.id,
        image: image.ok ? image.value : "",
        environment: preset.environment,
        instanceType: preset.instanceType,
        instanceCount: preset.instanceCount,
        startupTimeoutSeconds: preset.startupTimeoutSeconds,
        executionRoleArn: "arn:aws:iam::123456789012:role/r",
      });
      expect(parsed.ok).toBe(true);
      expect(findInstanceType(preset.instanceType)).not.toBeNull();
      expect(containerFacts(image.ok ? image.value : "", preset.environment).sendsLogProbs).toBe(true);
    },
  );

  it("say where they cannot be started", () => {
    expect(new Set(MODEL_PRESETS.map((preset) => preset.id)).size).toBe(MODEL_PRESETS.length);
    for (const region of LMI_REGIONS) {
      for (const { preset, image } of presetsIn(region)) {
        if (!image.ok) expect(image.failure.message, preset.id).toContain(region);
      }
    }
    expect(presetsIn("us-east-1").every(({ image }) => image.ok)).toBe(true);
    expect(presetsIn("us-iso-east-1").filter(({ image }) => image.ok)).toHaveLength(2);
  });
});

describe("instance types", () => {
  it("have names of their own and prices above nothing", () => {
    expect(new Set(INSTANCE_TYPES.map((type) => type.name)).size).toBe(INSTANCE_TYPES.length);
    for (const { name, pricePerHour } of INSTANCE_TYPES) {
      expect(name).toMatch(/^ml\./);
      expect(pricePerHour === null || pricePerHour > 0).toBe(true);
    }
    expect(findInstanceType("ml.g5.xlarge")).toMatchObject({ acceleratorCount: 1, acceleratorMemoryGb: 24 });
    expect(findInstanceType("ml.unheard.of")).toBeNull();
  });
});
