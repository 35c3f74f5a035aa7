import { expect, it } from "vitest";
import { applyEnvironment, environmentName, parseEnvironment, renderEnvironment } from "./environment.ts";
import { OPTION_ROWS } from "./option-catalogue.ts";
import { parseProperties, renderProperties } from "./parse-properties.ts";

const named = OPTION_ROWS.filter(({ name }) => !name.includes("<"));

it.each(named.map((row) => [row.name, row.env.name]))("%s is %s, and back", (key, name) => {
  expect(environmentName(key, "0.36.0")).toBe(name);
  expect(parseEnvironment({ [name]: "7" }, "0.36.0").properties).toEqual({ [key]: "7" });
});

it("says what a version cannot put into a variable", () => {
  const file = parseProperties("option.modelName=a\noption.dtype=\nengine=MPI\n");
  expect(renderEnvironment(file, "0.26.0")).toEqual({
    environment: { SERVING_LOAD_MODELS: "test::MPI=/opt/ml/model" },
    lost: [
      { key: "option.modelName", value: "a", why: expect.stringContaining("small letters") },
      { key: "option.dtype", value: "", why: expect.stringContaining("empty") },
    ],
  });
  expect(renderEnvironment(file, "0.28.0").environment).toEqual({
    OPTION_modelName: "a",
    OPTION_ENGINE: "MPI",
  });
});

it("brings edited variables back without touching comments, order or what they cannot say", () => {
  const text = "# the model\noption.model_id=a\noption.modelName=kept\n\nengine=MPI\noption.dtype=fp16\n";
  const file = parseProperties(text);
  const { environment } = renderEnvironment(file, "0.26.0");
  expect(renderProperties(applyEnvironment(file, environment, "0.26.0"))).toBe(text);
  const { OPTION_DTYPE: _gone, ...rest } = environment;
  const edited = applyEnvironment(file, { ...rest, OPTION_MODEL_ID: "b", OPTION_TASK: "c" }, "0.26.0");
  expect(renderProperties(edited)).toBe(
    "# the model\noption.model_id=b\noption.modelName=kept\n\nengine=MPI\noption.task=c\n",
  );
});

it("reads the aliases that turn their value round, and leaves strangers alone", () => {
  const environment = {
    ENABLE_CUDA_GRAPHS: "false",
    CUDA_MEMORY_FRACTION: "0.8",
    HF_TOKEN: "x",
    PATH: "/bin",
  };
  expect(parseEnvironment(environment, "0.28.0")).toMatchObject({
    properties: { "option.enforce_eager": "true", "option.gpu_memory_utilization": "0.8" },
    others: { HF_TOKEN: "x", PATH: "/bin" },
  });
  expect(parseEnvironment(environment, "0.28.0", "djl-tensorrtllm").properties).toMatchObject({
    "option.kv_cache_free_gpu_mem_fraction": "0.8",
  });
  expect(parseEnvironment(environment, "0.27.0").properties).toEqual({});
});
