import type { Failure } from "#lib/failure.ts";
import { isDeadEngine } from "#lib/wire/dead-engine.ts";

/** What a container said when it failed; `status` is the HTTP status, or the number inside its error object. */
export type ContainerError = { status: number | null; message: string };

type Kind = { test: { test: (text: string) => boolean }; statuses?: readonly number[] } & Pick<
  Failure,
  "code" | "message" | "hint" | "field"
>;

const LOG = "its log in CloudWatch, /aws/sagemaker/Endpoints,";

/**
 * The containers' own words, by who writes them (lmi-wire 7.1): the front end, LMI's request parsing, the batch, the
 * async handler, vLLM. The first that fits is taken.
 */
const KINDS: readonly Kind[] = [
  {
    test: /queue capacity exceeded|WlmCapacity|^Time out in: /i,
    statuses: [429, 503],
    code: "throttled",
    message: "The container is too busy to take the prompt.",
    hint: "Wait a moment and try again, or give the endpoint more instances.",
  },
  {
    test: /out of memory|OutOfMemory/i,
    statuses: [507],
    code: "model-error",
    message: "The container ran out of accelerator memory.",
    hint: "Shorten the prompt, lower the token limit, or lower the rolling batch size of the container.",
  },
  {
    test: { test: isDeadEngine },
    code: "model-error",
    message: "The engine inside the container died.",
    hint: "The container is restarted, which takes as long as loading the model. Then send the prompt again.",
  },
  {
    test: /maximum context length|max_model_len|maximum model length|prompt \(.*\) is too long|longer than the max/is,
    code: "invalid",
    message: "Prompt and answer together do not fit into the model's context.",
    hint: "Shorten the prompt or ask for fewer new tokens; OPTION_MAX_MODEL_LEN of the container sets the length.",
    field: "prompt",
  },
  {
    test: /input parsing failed|invalid request payload|validation error|unexpected keyword|must be in [[(]|must be at least|got an unexpected/i,
    code: "invalid",
    message: "The container could not read the request.",
    hint: "A parameter or the request format is not what it expects: its own words name it.",
  },
  {
    test: /the model .* does not exist|ModelNotFound|no worker is available to serve/i,
    statuses: [404],
    code: "model-error",
    message: "The container serves no model of that name.",
    hint: "Leave out the model, adapter or target that the request names; a container that just started may still load it.",
  },
  {
    test: /exception occurred during rolling batch inference|^batch inference failed/i,
    code: "model-error",
    message: "Generation failed in the container's batch.",
    hint: `Only ${LOG} has the reason. One failing request fails all of its batch, so it may have been another's: try again.`,
  },
  {
    test: /async inference failure/i,
    code: "model-error",
    message: "The container failed before it began to answer, and keeps the reason to its log.",
    hint: `See ${LOG} or choose OpenAI completions as the request format: there vLLM's own words come through.`,
  },
  {
    test: /^(prediction failure|invoke handler failure)/i,
    code: "model-error",
    message: "The model's handler failed.",
    hint: `Try other parameters; ${LOG} has the whole story.`,
  },
];

/** A container's error as what happened and what to do next, its own words quoted. */
export function containerFailure({ status, message }: ContainerError): Failure {
  const kind = KINDS.find(
    ({ test, statuses }) => (status !== null && statuses?.includes(status)) || test.test(message),
  );
  const detail = message === "" ? {} : { detail: message };
  if (kind !== undefined) {
    const { code, message: sentence, hint, field } = kind;
    return { code, message: sentence, ...(hint ? { hint } : {}), ...detail, ...(field ? { field } : {}) };
  }
  const number = status === null ? "" : ` with status ${status}`;
  return {
    code: "model-error",
    message:
      message === "" ? `The container failed${number} without a word.` : `The container failed${number}.`,
    hint:
      message === ""
        ? `Releases up to 0.27 give no reason: ${LOG} has it.`
        : `Its own words are below; ${LOG} has more.`,
    ...detail,
  };
}
