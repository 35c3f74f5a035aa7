import { expect, it } from "vitest";
import { MASK, maskEnvironment } from "./mask-environment.ts";

it.each([
  "HF_TOKEN",
  "HUGGING_FACE_HUB_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SESSION_TOKEN",
  "OPENAI_API_KEY",
  "apiKey",
  "DB_PASSWORD",
  "PRIVATE_THING",
  "BASIC_AUTH",
  "SIGNING_KEY",
  "GOOGLE_CREDENTIALS",
])("masks %s", (name) => {
  expect(maskEnvironment({ [name]: "value" })).toEqual({ [name]: MASK });
});

it.each([
  "HF_MODEL_ID",
  "OPTION_MAX_MODEL_LEN",
  "OPTION_MAX_NUM_BATCHED_TOKENS",
  "TOKENIZER_PATH",
  "AUTHOR",
  "OPTION_KEYWORDS",
])("shows %s", (name) => {
  expect(maskEnvironment({ [name]: "value" })).toEqual({ [name]: "value" });
});
