import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";

test("are those of the SDK the dashboard uses (npx vitest run sandbox/control/instance-types -u writes them)", async () => {
  const types = Object.values(ProductionVariantInstanceType).toSorted();
  await expect(`${JSON.stringify(types, null, 1)}\n`).toMatchFileSnapshot("./instance-types.json");
});
