import { expect, test } from "vitest";
import { parseFlags } from "./flags.ts";

function sentenceFor(...words: string[]) {
  const parsed = parseFlags(words);
  return parsed.ok ? undefined : parsed.failure.message;
}

test("no flags mean this machine only, the usual port and no account", () => {
  expect(parseFlags([])).toEqual({
    ok: true,
    value: {
      help: false,
      port: undefined,
      host: "127.0.0.1",
      aws: false,
      profile: undefined,
      region: undefined,
      state: undefined,
      clock: undefined,
    },
  });
});

test("values may follow a space or an equals sign", () => {
  const parsed = parseFlags([
    "--port=4000",
    "--host",
    "0.0.0.0",
    "--aws",
    "--profile",
    "team",
    "--region=eu-west-1",
  ]);
  expect(parsed).toMatchObject({
    value: { port: 4000, host: "0.0.0.0", aws: true, profile: "team", region: "eu-west-1" },
  });
});

test.each([
  [["--prot", "4000"], "There is no flag --prot."],
  [["-p", "4000"], "There is no flag -p."],
  [["4000"], "“4000” is not a flag."],
  [["--port"], "--port needs a value."],
  [["--port", "--aws"], "--port needs a value."],
  [["--aws=yes"], "--aws takes no value."],
  [["--port", "0"], "--port takes a number from 1 to 65535, not “0”."],
  [["--port", "65536"], "--port takes a number from 1 to 65535, not “65536”."],
  [["--port", "3e3"], "--port takes a number from 1 to 65535, not “3e3”."],
  [["--clock", "fast"], "--clock takes a number, not “fast”."],
  [["--profile", "team"], "--profile has no meaning without --aws."],
  [["--aws", "--clock", "60"], "--clock has no meaning with --aws."],
])("%j is answered with a sentence", (words, sentence) => {
  expect(sentenceFor(...words)).toBe(sentence);
});

test("help is a flag like any other, so that a mistake beside it is still told", () => {
  expect(parseFlags(["--help"])).toMatchObject({ ok: true, value: { help: true } });
  expect(sentenceFor("--help", "--nonsense")).toBe("There is no flag --nonsense.");
});
