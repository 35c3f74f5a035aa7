import { expect, test } from "vitest";
import { z } from "zod";
import { recommend } from "./recommend.ts";

const GIB = 1024 ** 3;
const schema = z.array(
  z.object({
    DeploymentConfiguration: z.looseObject({
      InstanceType: z.string(),
      CopyCountPerInstance: z.number(),
      EnvironmentVariables: z.record(z.string(), z.string()),
    }),
  }),
);

function advise(gib: number, metric: string, types: string[]) {
  const wish = {
    weightBytes: gib * GIB,
    modelUri: "s3://b/m",
    types,
    known: types,
    metric,
    framework: "LMI",
    region: "us-east-1",
  };
  return schema
    .parse(recommend(wish))
    .map(({ DeploymentConfiguration: found }) => [
      found.InstanceType,
      found.CopyCountPerInstance,
      found.EnvironmentVariables.OPTION_TENSOR_PARALLEL_DEGREE,
    ]);
}

// A10G: 24 GB; four of them hold 86.4 of 96 GB, two 43.2, one 21.6.
test.each([
  [
    15,
    "cost",
    [
      ["ml.g5.xlarge", 1, "1"],
      ["ml.g5.12xlarge", 4, "1"],
    ],
  ],
  [
    15,
    "throughput",
    [
      ["ml.g5.12xlarge", 4, "1"],
      ["ml.g5.xlarge", 1, "1"],
    ],
  ],
  [30, "cost", [["ml.g5.12xlarge", 2, "2"]]],
  [70, "cost", [["ml.g5.12xlarge", 1, "4"]]],
  [80, "cost", []],
])("%d GiB by %s", (gib, metric, expected) => {
  expect(advise(gib, metric, ["ml.g5.xlarge", "ml.g5.12xlarge"])).toEqual(expected);
});

test("the first token comes soonest from the newest GPUs", () => {
  expect(advise(15, "ttft-ms", ["ml.g5.xlarge", "ml.p5.48xlarge"])[0]?.[0]).toBe("ml.p5.48xlarge");
});
