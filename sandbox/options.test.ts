import { expect, test } from "vitest";
import { HELP } from "./help.ts";
import { parseOptions } from "./options.ts";

test("a flag wins over its variable, and a variable over the default", () => {
  const flags = "--port 4566 --clock 0.5 --seed 7 --engine gguf:a.gguf".split(" ");
  const environment = { SANDBOX_PORT: "1", SANDBOX_HOST: "::1", SANDBOX_ENGINE: "demo" };
  expect(parseOptions(flags, environment, 99)).toEqual({
    port: 4566,
    host: "::1",
    clock: 0.5,
    state: ".sagescope/sandbox",
    fresh: false,
    seed: 7,
    engine: { kind: "gguf", path: "a.gguf" },
    parent: undefined,
  });
  expect(parseOptions([], {}, 99)).toMatchObject({ seed: 99, engine: { kind: "demo" } });
});

test.each([
  ["--port http", "--port must be a whole number from 0 to 65535"],
  ["--port=", "--port must be a whole number"],
  ["--port 65536", "--port must be a whole number"],
  ["--clock -1", "--clock"],
  ["--clock Infinity", "--clock must be a number, 0 or more"],
  ["--seed 1.5", "--seed must be a whole number"],
  ["--parent me", "--parent must be a process id"],
  ["--engine ftp://x", "it must be demo, gguf:PATH"],
  ["--model x.gguf", "Unknown option '--model'. --help lists the options."],
  ["--port", "argument missing. --help lists the options."],
  ["extra", "Unexpected argument 'extra'. --help lists the options."],
])("%s is refused in a sentence", (flags, sentence) => {
  expect(() => parseOptions(flags.split(" "), {}, 1)).toThrow(sentence);
});

test("the help names every option", () => {
  expect(parseOptions(["--port", "x", "--help"], {}, 1)).toBe("help");
  for (const name of "port host clock state fresh seed engine parent help".split(" ")) {
    expect(HELP).toContain(`\n  --${name} `);
  }
});
