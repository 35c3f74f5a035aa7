import { modelIdOf, settingsOf } from "../artifacts/artifacts.ts";
import type { VariantRecord } from "../state/records.ts";
import type { Step } from "./timeline.ts";

type Part = { readonly message: string; readonly seconds: number };

// About 300 s in all, the middle of what AWS documents for a GPU endpoint.
const CAPACITY: Part = { message: "Requesting compute capacity", seconds: 75 };
const IMAGE: Part = { message: "Pulling the container image", seconds: 90 };
const ENGINE: Part = {
  message: "Starting the inference engine and waiting for the ping health check",
  seconds: 100,
};
const DOWNLOAD_SECONDS = 35;
const SERVERLESS: Part = { message: "Preparing the serverless capacity", seconds: 90 };
const HOST: Part = { message: "Preparing the instances for inference components", seconds: 60 };

// Weights of two bytes a parameter, from a bucket at 200 MB/s.
const SECONDS_PER_BILLION = 10;

/** What machines of these variants go through before they serve. */
export function startParts(
  variants: readonly VariantRecord[],
  extraSeconds: number,
  slower: number,
): readonly Part[] {
  const first = variants[0];
  if (first !== undefined && first.instanceType === "") return [SERVERLESS];
  const capacity = { ...CAPACITY, seconds: CAPACITY.seconds + extraSeconds };
  if (first !== undefined && first.image === "") return [capacity, HOST];
  const seconds = Math.max(...variants.map((variant) => downloadSeconds(settingsOf(variant))));
  const parts = [capacity, IMAGE, { message: "Downloading model artifacts", seconds }, ENGINE];
  return parts.map((part) => ({ ...part, seconds: part.seconds * slower }));
}

/** The parts as steps of a plan, each of a length that chance varies. */
export function startSteps(
  parts: readonly Part[],
  vary: (seconds: number) => number,
  phase: Omit<Step["phase"], "stage" | "message">,
): Step[] {
  return parts.map(({ message, seconds }) => ({
    seconds: vary(seconds),
    phase: { ...phase, stage: "Creating" as const, message },
  }));
}

/** How long the weights take to arrive, by the parameter count in the model's name where it has one (`…-70B-…`). */
export function downloadSeconds(settings: Readonly<Record<string, string>>): number {
  const name = modelIdOf(settings) ?? "";
  // Mixtures of experts say `8x7b`.
  const [, experts = "1", billions] = /(?:^|[-_/])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?:$|[-_/.])/i.exec(name) ?? [];
  return billions === undefined ? DOWNLOAD_SECONDS : Number(experts) * Number(billions) * SECONDS_PER_BILLION;
}
