import { writeFileSync } from "node:fs";
import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";

// Run: npx tsx sandbox/control/make-instance-types.ts
const types = Object.values(ProductionVariantInstanceType).toSorted();
writeFileSync(new URL("./instance-types.json", import.meta.url), `${JSON.stringify(types, null, 1)}\n`);
