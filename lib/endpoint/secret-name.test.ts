import { expect, it } from "vitest";
import { isSecretName } from "./secret-name.ts";

it.each([
  "HF_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "OPENAI_API_KEY",
  "BASIC_AUTH",
  "KEY_PASSPHRASE",
  "PRIVATE_PEM",
])("keeps the value of %s", (name) => expect(isSecretName(name)).toBe(true));

it.each(["OPTION_MAX_TOKENS", "OPTION_TOKENIZER", "HF_MODEL_ID", "OPTION_ENTRYPOINT"])("shows %s", (name) =>
  expect(isSecretName(name)).toBe(false),
);
