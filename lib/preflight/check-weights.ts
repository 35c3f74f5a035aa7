import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { line, type PreflightLine, unknownLine } from "./preflight-line.ts";

/** Whether the weights are where the plan loads them from; nothing to say of a model that is not in S3. */
export function checkWeights({ modelId }: Plan, { weights, trouble }: AccountFacts): PreflightLine[] {
  if (!modelId.startsWith("s3://")) return [];
  const title = "Weights";
  if (!weights) {
    return [
      unknownLine("weights", title, `Whether anything lies under ${modelId} is not known.`, trouble.weights),
    ];
  }
  if (weights.isDenied) {
    const next = "Allow s3:ListBucket on its bucket, or see there yourself.";
    return [line("weights", title, "unknown", `This identity may not look into ${modelId}. ${next}`)];
  }
  return [
    weights.found
      ? line("weights", title, "pass", `There are objects under ${modelId}.`)
      : line(
          "weights",
          title,
          "block",
          `Nothing lies under ${modelId}: upload the weights, or correct the address in the first step.`,
        ),
  ];
}
