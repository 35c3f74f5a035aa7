import "server-only";
import type { Failure } from "#lib/failure.ts";

/** AWS quotes names with `"…"`; other implementations with `'…'`. */
const QUOTE = `["'\`“”]?`;

type Wording = { pattern: RegExp; translate: (match: RegExpMatchArray, message: string) => Failure };

/**
 * What SageMaker writes into a ValidationException, first match wins. AWS documents no list: the wordings are
 * those that users quote in public threads, matched loosely because quotes, ARNs and articles vary.
 */
const WORDINGS: readonly Wording[] = [
  {
    pattern: new RegExp(
      `Could not find (endpoint configuration|endpoint|model|inference component)\\s*${QUOTE}([^"'\\s.]*)`,
      "i",
    ),
    translate: ([, kind = "resource", name = ""]) => ({
      code: "not-found",
      message: `${sentenceStart(kind)}${named(name)} does not exist in this account and region.`,
      hint: "It was deleted, or it belongs to another account or region: compare with the top bar.",
    }),
  },
  {
    pattern: new RegExp(
      `Cannot create already existing (endpoint configuration|endpoint|model|inference component)\\s*${QUOTE}([^"'\\s.]*)`,
      "i",
    ),
    translate: ([, kind = "resource", name = ""]) => ({
      code: "conflict",
      message: `${sentenceStart(kind)}${named(name)} already exists.`,
      hint: "Choose another name, for example with a number at the end, or delete the existing one first.",
      field: "endpointName",
    }),
  },
  {
    pattern: /Cannot update in-progress endpoint/i,
    translate: () => ({
      code: "conflict",
      message: "The endpoint is being changed, and SageMaker allows one change at a time.",
      hint: "Wait until its status settles, then try again.",
    }),
  },
  {
    pattern: /variant name\(?s?\)? .*(not present within endpoint configuration)/i,
    translate: (_match, message) => ({
      code: "invalid",
      message: "The endpoint has no such variant.",
      hint: "Choose one of the variants on the endpoint's page, or leave the variant open.",
      detail: message,
      field: "targetVariant",
    }),
  },
  {
    pattern: /variant name .*non-unique/i,
    translate: (_match, message) => ({
      code: "invalid",
      message: "Two variants have the same name.",
      hint: "Give each variant a name of its own.",
      detail: message,
    }),
  },
  {
    pattern: /Cannot delete endpoint with inference component/i,
    translate: () => ({
      code: "conflict",
      message: "The endpoint still carries inference components.",
      hint: "Delete its inference components first, then the endpoint.",
    }),
  },
  {
    pattern: /is a base inference component/i,
    translate: () => ({
      code: "conflict",
      message: "Adapters still hang on this inference component.",
      hint: "Delete the adapters first, then their base component.",
    }),
  },
  {
    pattern:
      /ManagedInstanceScaling is (only supported|not supported)|is not supported with the given EndpointConfig/i,
    translate: (_match, message) => ({
      code: "invalid",
      message: "Managed instance scaling goes only with endpoints that carry inference components.",
      hint: "Leave the scaling block out, or create the endpoint without a model of its own.",
      detail: message,
    }),
  },
  {
    pattern: /Min instance count needs to be greater than 0/i,
    translate: () => ({
      code: "invalid",
      message: "This region does not offer scaling to zero instances.",
      hint: "Use a minimum of one instance, or another region.",
      field: "instanceCount",
    }),
  },
  {
    pattern: /copy count an integer larger than 0/i,
    translate: () => ({
      code: "invalid",
      message: "An inference component starts with at least one copy.",
      hint: "Start with one copy; autoscaling may take it to zero later.",
    }),
  },
  {
    pattern: /Inference Component Name header is required/i,
    translate: () => ({
      code: "invalid",
      message: "This endpoint carries inference components, and the prompt names none.",
      hint: "Choose an inference component of the endpoint.",
      field: "inferenceComponentName",
    }),
  },
  {
    pattern: /Inference Component Name header (is not|should not|must not)/i,
    translate: () => ({
      code: "invalid",
      message: "This endpoint has no inference components, but the prompt names one.",
      hint: "Leave the inference component open.",
      field: "inferenceComponentName",
    }),
  },
  {
    pattern: /Inference Component has no capacity/i,
    translate: () => ({
      code: "not-ready",
      message: "The inference component is scaled to zero and has no copy that could answer.",
      hint: "If a wake-up policy is set, this prompt started it: try again in a few minutes.",
    }),
  },
  {
    pattern: new RegExp(`Could not access model data at\\s*${QUOTE}([^"'\\s]*?)[."']*(?:\\s|$)`, "i"),
    translate: ([, where = ""]) => ({
      code: "not-allowed",
      message: `SageMaker cannot read the model data${where ? ` at ${where}` : ""}.`,
      hint: "The object may be missing, in another region, or the execution role lacks s3:GetObject and s3:ListBucket.",
      field: "modelDataUrl",
    }),
  },
  {
    pattern:
      /ecr:GetDownloadUrlForLayer|ecr:BatchGetImage|Requested image .* not found|image .*does not exist/i,
    translate: (_match, message) => ({
      code: "invalid",
      message: "SageMaker cannot pull the container image.",
      hint: "Check its account, region and tag, and that the execution role may read from that registry.",
      detail: message,
      field: "image",
    }),
  },
  {
    pattern: /DeregisterScalableTarget/i,
    translate: (_match, message) => ({
      code: "not-allowed",
      message: "The endpoint has an autoscaling target that this identity may not remove.",
      hint: "Allow application-autoscaling:DeregisterScalableTarget, or remove the target first.",
      detail: message,
    }),
  },
  {
    pattern: /Could not assume role|role .*(?:is invalid|cannot be assumed|does not exist)/i,
    translate: (_match, message) => ({
      code: "not-allowed",
      message: "SageMaker cannot take on the execution role.",
      hint: "The role must exist and trust sagemaker.amazonaws.com.",
      detail: message,
      field: "executionRoleArn",
    }),
  },
  {
    pattern: /Endpoint (\S+) of account (\d+) not found/i,
    translate: ([, name = "", account = ""]) => ({
      code: "not-found",
      message: `Endpoint ${name} does not exist or is not in service yet in account ${account}.`,
      hint: "Look at the list of endpoints: it may be starting, deleted, or in another region. Names match case by case.",
    }),
  },
  { pattern: /validation errors? detected/i, translate: (_match, message) => constraintFailure(message) },
  {
    // The wording before "N validation errors detected" was introduced, and that of other implementations.
    pattern: /at ['"]([\w.]+)['"] failed to satisfy constraint/i,
    translate: (_match, message) => constraintFailure(message),
  },
];

/** A ValidationException in words: what is wrong, what to do, and the form field where AWS names one. */
export function validationFailure(message: string): Failure {
  for (const wording of WORDINGS) {
    const match = message.match(wording.pattern);
    if (match) return wording.translate(match, message);
  }
  return {
    code: "invalid",
    message: "SageMaker refused the request as invalid.",
    hint: "Its own words below say which part; correct it and try again.",
    ...(message ? { detail: message } : {}),
  };
}

/** `Value 'x' at 'a.1.member.b' failed to satisfy constraint: Member must …`; the first error decides. */
const CONSTRAINT = /Value ('?)(.*?)\1 at ['"]([\w.]+)['"] failed to satisfy constraint: (Member must [^;]*)/;

function constraintFailure(message: string): Failure {
  const match = message.match(CONSTRAINT);
  const path = match?.[3] ?? message.match(/at ['"]([\w.]+)['"]/)?.[1] ?? "";
  const value = match?.[2] ?? "";
  const rule = match?.[4] ?? "";
  const field = formFieldOf(path);
  const subject = value && value !== "null" ? `"${shorten(value, 60)}" for ${path}` : path || "A value";
  return {
    code: "invalid",
    message: `SageMaker does not accept ${subject}: ${inWords(rule)}.`,
    hint: "Correct the value and try again.",
    detail: shorten(message, 600),
    ...(field ? { field } : {}),
  };
}

function inWords(rule: string): string {
  if (/enum value set/.test(rule)) return "it is not one of the values this API knows";
  if (/regular expression pattern/.test(rule)) return "it has characters that are not allowed there";
  if (/not be null/.test(rule)) return "it is missing";
  const length = rule.match(/(length|value) (less|greater) than or equal to (-?\d+)/);
  if (length) return `its ${length[1]} must be at ${length[2] === "less" ? "most" : "least"} ${length[3]}`;
  return "it breaks a rule of the API";
}

/** Our form's field for the last part of AWS's path (lower camel case, list positions count from one). */
function formFieldOf(path: string): string | null {
  const leaf = path
    .split(".")
    .findLast((part) => !/^\d+$/.test(part) && part !== "member" && part !== "value");
  if (!leaf) return null;
  const key = leaf.charAt(0).toLowerCase() + leaf.slice(1);
  return FORM_FIELDS[key] ?? (path.includes("nvironment") ? "environment" : null);
}

const FORM_FIELDS: Record<string, string> = {
  endpointName: "endpointName",
  endpointConfigName: "endpointName",
  modelName: "endpointName",
  instanceType: "instanceType",
  initialInstanceCount: "instanceCount",
  image: "image",
  modelDataUrl: "modelDataUrl",
  environment: "environment",
  executionRoleArn: "executionRoleArn",
  containerStartupHealthCheckTimeoutInSeconds: "startupTimeoutSeconds",
  modelDataDownloadTimeoutInSeconds: "downloadTimeoutSeconds",
  tags: "tags",
  key: "tags",
};

function named(arnOrName: string): string {
  const name = arnOrName.split("/").at(-1) ?? "";
  return name ? ` ${name}` : "";
}

function sentenceStart(words: string): string {
  return `The ${words.toLowerCase()}`;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
