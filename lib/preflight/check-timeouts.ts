import { setProperty } from "#lib/options/change-properties.ts";
import { parseProperties, readProperties, renderProperties } from "#lib/options/parse-properties.ts";
import { JIT_MINUTES, NEURON_MINUTES } from "#lib/options/presets.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { line, type PreflightFix, type PreflightLine } from "./preflight-line.ts";

/** AWS takes no longer health check or download than an hour (CreateEndpointConfig). */
const MOST_SECONDS = 3_600;

/** Our own slow case, said in the line: no document has rates. Bytes a second from the Hub or S3, and into memory. */
const DOWNLOAD_RATE = 100e6;
const LOAD_RATE = 500e6;
const START_SECONDS = 300;

/** Seconds from the start of the container to its first healthy answer, and how that is made up. */
export function estimateStart(plan: Plan, weightsBytes: number): { seconds: number; parts: string[] } {
  const compile = compileSeconds(plan);
  const download = weightsBytes / DOWNLOAD_RATE;
  const load = weightsBytes / LOAD_RATE;
  const parts = [
    `${minutes(START_SECONDS)} for the container`,
    `${minutes(download)} to download ${(weightsBytes / 1e9).toFixed(1)} GB at 100 MB/s`,
    `${minutes(load)} to load it`,
    ...(compile > 0 ? [`at least ${minutes(compile)} to compile`] : []),
  ];
  return { seconds: Math.ceil(START_SECONDS + download + load + compile), parts };
}

/**
 * The timeouts against each other and against the model's size. `weightsBytes` null is not known; then only
 * contradictions are found.
 */
export function checkTimeouts(plan: Plan, weightsBytes: number | null): PreflightLine[] {
  return [checkLoading(plan), checkStartup(plan, weightsBytes)];
}

/** SageMaker stops a container whose health check ran out, however long LMI would still wait (rule R37). */
function checkLoading(plan: Plan): PreflightLine {
  const title = "Loading timeout against health check";
  const id = "loading-timeout";
  const written = readProperties(parseProperties(plan.properties))["option.model_loading_timeout"];
  if (written === undefined) return line(id, title, "pass", "No option.model_loading_timeout of your own.");
  const seconds = Number(written);
  if (!Number.isFinite(seconds)) return line(id, title, "block", `"${written}" is no number of seconds.`);
  const check = plan.startupTimeoutSeconds;
  if (seconds <= check)
    return line(
      id,
      title,
      "pass",
      `LMI gives up after ${seconds} s, within the ${check} s of the health check.`,
    );
  const raised = Math.min(seconds, MOST_SECONDS);
  const fixes: PreflightFix[] = [
    ...(raised > check
      ? [
          {
            kind: "patch" as const,
            label: `Raise the health check to ${raised} s${seconds > raised ? ", and lower the loading timeout to it" : ""}`,
            patch: {
              startupTimeoutSeconds: raised,
              ...(seconds > raised ? { properties: withLoading(plan, raised) } : {}),
            },
          },
        ]
      : []),
    {
      kind: "patch",
      label: `Lower the loading timeout to ${check} s`,
      patch: { properties: withLoading(plan, check) },
    },
  ];
  return line(
    id,
    title,
    "warn",
    `LMI would wait ${seconds} s for the model, but SageMaker stops the container after ${check} s.`,
    fixes,
  );
}

function checkStartup(plan: Plan, weightsBytes: number | null): PreflightLine {
  const title = "Health check against model size";
  const id = "startup-timeout";
  if (weightsBytes === null) return line(id, title, "unknown", "The size of the weights is not known.");
  const { seconds, parts } = estimateStart(plan, weightsBytes);
  const made = `${parts.join(", ")}: about ${minutes(seconds)}.`;
  if (seconds <= plan.startupTimeoutSeconds) return line(id, title, "pass", made);
  const raised = Math.min(MOST_SECONDS, Math.ceil(seconds / 60) * 60);
  const late = `${made} The health check ends after ${minutes(plan.startupTimeoutSeconds)}.`;
  if (raised <= plan.startupTimeoutSeconds)
    return line(
      id,
      title,
      "warn",
      `${late} AWS allows no more: put the weights into S3 or compile ahead of time.`,
    );
  return line(id, title, "warn", late, [
    {
      kind: "patch",
      label: `Raise the health check to ${raised} s`,
      patch: { startupTimeoutSeconds: raised },
    },
  ]);
}

/** TensorRT-LLM and Neuron compile at start-up, unless the model is in S3 and taken to be compiled already. */
function compileSeconds({ backend, modelId }: Plan): number {
  if (modelId.startsWith("s3://")) return 0;
  if (backend === "tensorrt-llm") return JIT_MINUTES.least * 60;
  return backend === "transformers-neuronx" ? NEURON_MINUTES.about * 60 : 0;
}

function withLoading(plan: Plan, seconds: number): string {
  const file = parseProperties(plan.properties);
  return renderProperties(setProperty(file, "option.model_loading_timeout", String(seconds)));
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
