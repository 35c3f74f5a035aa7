import * as scaling from "@aws-sdk/client-application-auto-scaling";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ecr from "@aws-sdk/client-ecr";
import * as iam from "@aws-sdk/client-iam";
import * as pricing from "@aws-sdk/client-pricing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { addKit, callByName } from "./call-by-name.ts";
import usersMeet from "./errors-users-meet.json" with { type: "json" };
import { hasBoto, runPython } from "./programs.ts";
import table from "./refusals.json" with { type: "json" };

const stepSchema = z.union([
  z.strictObject({ steer: z.string(), body: z.looseObject({}) }),
  z.strictObject({
    service: z.string(),
    call: z.string(),
    input: z.looseObject({}),
    secret: z.string().optional(),
    /** A pattern for the FailureReason in the answer. */
    reason: z.string().optional(),
    refusal: z
      .strictObject({
        code: z.string(),
        /** What the JavaScript client calls it, where it goes by the shape and boto3 by the wire. */
        name: z.string().optional(),
        message: z.string(),
        status: z.number(),
      })
      .optional(),
  }),
]);
type Step = z.infer<typeof stepSchema>;

const seenSchema = z.object({
  reason: z.string().nullish(),
  code: z.string().optional(),
  // A throttled invocation has none.
  message: z.string().nullish(),
  status: z.number().optional(),
  requestId: z.string().optional(),
});
type Seen = z.infer<typeof seenSchema>;

const STEPS = z.array(stepSchema).parse(table);
const REQUEST_ID = /^[0-9a-f-]{36}$/;
const boto = await hasBoto();

addKit("logs", (settings) => new logs.CloudWatchLogsClient(settings), logs);
addKit("pricing", (settings) => new pricing.PricingClient(settings), pricing);
addKit("ecr", (settings) => new ecr.ECRClient(settings), ecr);
addKit("iam", (settings) => new iam.IAMClient(settings), iam);
addKit("application-autoscaling", (settings) => new scaling.ApplicationAutoScalingClient(settings), scaling);

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

function judge(step: Step, seen: Seen | null, client: "boto3" | "JavaScript"): void {
  if ("steer" in step) return;
  const what = `${step.call} ${JSON.stringify(step.input).slice(0, 200)}`;
  if (step.refusal === undefined) {
    expect(seen?.code, `${what}: ${seen?.message}`).toBeUndefined();
    if (step.reason !== undefined) expect(String(seen?.reason), what).toMatch(new RegExp(step.reason));
    return;
  }
  const { code, name = code, message, status } = step.refusal;
  expect(seen, what).toMatchObject({ code: client === "boto3" ? code : name, status });
  expect(seen?.message ?? "", what).toMatch(new RegExp(message));
  expect(seen?.requestId, what).toMatch(REQUEST_ID);
}

async function askWithJavaScript(step: Step): Promise<Seen | null> {
  if ("steer" in step) {
    expect((await sandbox.control(step.steer, step.body)).status).toBe(200);
    return null;
  }
  try {
    const answer = await callByName(sandbox.url, step.service, step.call, step.input, step.secret);
    return { reason: z.string().nullish().parse(answer.FailureReason) };
  } catch (error) {
    const { name, message, $metadata } = thrown.parse(error);
    return {
      reason: undefined,
      code: name,
      message,
      status: $metadata.httpStatusCode,
      requestId: $metadata.requestId,
    };
  }
}

function isMet(text: string, code = "", words = ""): boolean {
  return text.startsWith(`${code} `) && new RegExp(words).test(text);
}

const thrown = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number(), requestId: z.string() }),
});

describe("every refusal and every failure reason", () => {
  test("reaches the JavaScript clients by name, in AWS's words, with its request id", async () => {
    const met: string[] = [];
    for (const step of STEPS) {
      const seen = await askWithJavaScript(step);
      judge(step, seen, "JavaScript");
      met.push(`${seen?.code} ${seen?.message}`, `FailureReason ${seen?.reason}`);
    }
    // Whoever adds an error that users meet has to make it happen here.
    const missing = usersMeet.filter(([code, words]) => !met.some((text) => isMet(text, code, words)));
    expect(missing).toEqual([]);
  });

  test.skipIf(!boto)(`reaches boto3 the same${boto ? "" : " (no boto3)"}`, async () => {
    const seen = await runPython<unknown[]>("check-refusals.py", [sandbox.url]);
    expect(seen).toHaveLength(STEPS.length);
    for (const [index, step] of STEPS.entries()) {
      judge(step, seenSchema.nullable().parse(seen[index]), "boto3");
    }
  });
});
