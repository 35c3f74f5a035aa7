import { describe, expect, it } from "vitest";
import images from "./images.json" with { type: "json" };
import { parseImage } from "./parse-image.ts";

const FAMILY = {
  "djl-deepspeed": "deepspeed",
  "djl-tensorrtllm": "tensorrt-llm",
  "djl-neuronx": "neuronx",
} as const;

describe("every tag of AWS's registry", () => {
  for (const framework of ["djl-deepspeed", "djl-tensorrtllm", "djl-neuronx"] as const) {
    it.each(images.frameworks[framework].versions.map((row) => [row.tag, row] as const))("%s", (tag, row) => {
      expect(parseImage(`763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:${tag}`)).toMatchObject({
        djl: row.version,
        release: row.lmi_release,
        family: FAMILY[framework],
        asyncByDefault: false,
      });
    });
  }

  it.each(images.frameworks["djl-lmi"].versions.map((row) => [row.tag, row.version] as const))(
    "%s",
    (tag, version) => {
      const isAsync = ["0.35.0", "0.36.0"].includes(version);
      expect(parseImage(`1.dkr.ecr.cn-north-1.amazonaws.com.cn/djl-inference:${tag}`)).toMatchObject({
        djl: version,
        family: isAsync ? "vllm" : "rolling-batch",
        asyncByDefault: isAsync,
      });
    },
  );

  it.each(images.lmi_0_36_builds.map((row) => [row.tag, row.lmi_release] as const))("%s", (tag, release) => {
    expect(parseImage(`x/djl-inference:${tag}`)).toMatchObject({ release, djl: "0.36.0", family: "vllm" });
  });

  it.each(images.unregistered_tags.map((row) => row.tag).filter((tag) => !tag.includes("/")))("%s", (tag) => {
    expect(parseImage(`x/djl-inference:${tag}`)).not.toBeNull();
  });
});

it("reads a mirror, a digest beside the tag, and a registry with a port", () => {
  const tag = "0.26.0-tensorrtllm0.7.1-cu122";
  for (const uri of [
    `mirror.example:5000/team/lmi:${tag}`,
    `x/djl-inference:${tag}@sha256:${"a".repeat(64)}`,
  ]) {
    expect(parseImage(uri)).toEqual({
      djl: "0.26.0",
      release: "v8",
      family: "tensorrt-llm",
      backendVersion: "0.7.1",
      asyncByDefault: false,
    });
  }
});

it.each([
  "",
  "ubuntu:22.04",
  "x/djl-inference:0.36.0-cpu-full",
  "x/djl-inference:latest",
  "x/djl-inference",
  "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.3.0-tgi2.2.0-gpu-py310-cu121",
  `x/djl-inference@sha256:${"a".repeat(64)}`,
  "localhost:5000/djl-inference",
])("does not take %j for an LMI image it knows", (uri) => {
  expect(parseImage(uri)).toBeNull();
});
