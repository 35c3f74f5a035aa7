import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import { expect, test } from "vitest";
import instanceTypes from "./instance-types.json" with { type: "json" };

test("are those of the SDK the dashboard uses (if not: npx tsx sandbox/control/make-instance-types.ts)", () => {
  expect(instanceTypes).toEqual(Object.values(ProductionVariantInstanceType).toSorted());
});
