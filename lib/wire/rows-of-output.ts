import { ASYNC, type ParameterRow, ROLLING, ROLLING_VLLM, VLLM_OPENAI } from "#lib/wire/parameter-row.ts";

/** What the answer brings along. Sources as in `rows-of-sampling.ts`. */
export const ROWS_OF_OUTPUT = [
  {
    name: "alternatives",
    label: "Alternatives",
    kind: "integer",
    min: 0,
    max: 20,
    step: 1,
    isCommon: true,
    effect:
      "How many tokens to ask for at each position with their log probabilities. Rolling batch sends them when the answer is over, vLLM's OpenAI schemas with each token.",
    wire: [
      { readers: ROLLING_VLLM, as: "top_n_tokens", since: 29, unset: "none" },
      { readers: ["completions"], as: "logprobs", unset: "its own only" },
      { readers: ["vllm-chat", "openai-chat"], as: "top_logprobs", unset: "its own only" },
    ],
    why: {
      "async-vllm":
        "There top_n_tokens is the number of answers. vLLM's completions send alternatives: leave the request format on automatic.",
      "async-trtllm": "TensorRT-LLM async sends no log probabilities at all.",
      bedrock: "The bedrock schema carries no log probabilities.",
      dynamic: "Dynamic batching carries no log probabilities.",
    },
  },
  {
    name: "logProbs",
    label: "Log probabilities",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect:
      "Sagescope asks for them, since its numbers are made of them. Off sends none: no confidence then.",
    wire: [
      { readers: ["completions"], as: "logprobs", unset: "asked for" },
      { readers: ["vllm-chat", "openai-chat"], as: "logprobs", unset: "asked for" },
    ],
    why: {
      "rolling-vllm": "The LMI schema sends them with every streamed token, asked or not.",
      "rolling-lmi-dist": "The LMI schema sends them with every streamed token, asked or not.",
      "vllm-0.26": "The LMI schema sends them with every streamed token, asked or not.",
      "async-vllm": "The LMI schema sends them with every streamed token, asked or not.",
    },
  },
  {
    name: "details",
    label: "Details",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect:
      "Sagescope asks for them: they hold the finish reason and, in an answer that is not streamed, the tokens. Off: the end of the answer has no reason.",
    wire: [{ readers: [...ROLLING, "unknown", ...ASYNC], as: "details", unset: "asked for" }],
  },
  {
    name: "promptTokens",
    label: "Prompt tokens",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect: "The prompt's own tokens and log probabilities come back with the details; see the wire.",
    wire: [
      { readers: ROLLING_VLLM, as: "decoder_input_details", since: 28, unset: "off" },
      { readers: ["async-vllm"], as: "decoder_input_details", unset: "off" },
    ],
  },
  {
    name: "returnFullText",
    label: "Prompt in the text",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect:
      "The container puts the prompt in front of its generated_text. Sagescope takes it off again, since it is not the answer.",
    wire: [
      { readers: [...ROLLING, "dynamic"], as: "return_full_text", since: 27, unset: "off" },
      { readers: ["async-vllm"], as: "return_full_text", unset: "off" },
    ],
  },
  {
    name: "answers",
    label: "Answers",
    kind: "integer",
    min: 1,
    max: 8,
    step: 1,
    effect:
      "How many answers to draw for the prompt, each of them paid for. The first one is shown and scored; the others stand beside it.",
    wire: [
      { readers: ROLLING_VLLM, as: "n", since: 29, wholeOnly: true, unset: "1" },
      { readers: ["async-vllm"], as: "top_n_tokens", unset: "1" },
      { readers: VLLM_OPENAI, as: "n", unset: "1" },
    ],
    why: { "openai-chat": "Rolling batch chat reads it and answers once all the same." },
  },
  {
    name: "bestOf",
    label: "Best of",
    kind: "integer",
    min: 1,
    max: 8,
    step: 1,
    effect:
      "How many answers are drawn to pick from. From 0.29 to 0.32 this number overwrites the number of answers.",
    wire: [{ readers: ROLLING_VLLM, as: "best_of", since: 29, wholeOnly: true, unset: "1" }],
  },
  {
    name: "skipSpecialTokens",
    label: "Hide special tokens",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect: "Whether tokens of structure, such as the end of text, have no text in the answer.",
    wire: [
      { readers: ["vllm-0.26"], as: "skip_special_tokens", unset: "on" },
      { readers: ROLLING_VLLM, as: "skip_special_tokens", since: 27, unset: "on" },
      { readers: [...ASYNC, ...VLLM_OPENAI], as: "skip_special_tokens", unset: "on" },
    ],
  },
  {
    name: "spacesBetweenSpecialTokens",
    label: "Spaces between special tokens",
    kind: "boolean",
    min: 0,
    max: 1,
    step: 1,
    effect: "Whether special tokens that are shown are set apart by spaces.",
    wire: [
      { readers: ["vllm-0.26"], as: "spaces_between_special_tokens", unset: "on" },
      { readers: ROLLING_VLLM, as: "spaces_between_special_tokens", since: 27, unset: "on" },
      { readers: [...ASYNC, ...VLLM_OPENAI], as: "spaces_between_special_tokens", unset: "on" },
    ],
  },
] as const satisfies readonly ParameterRow[];
