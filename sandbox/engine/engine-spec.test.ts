import { expect, test } from "vitest";
import { readEngineSpec } from "./engine-spec.ts";

test.each([
  ["demo", { kind: "demo" }],
  ["gguf:/models/a b.gguf", { kind: "gguf", path: "/models/a b.gguf" }],
  ["openai:http://127.0.0.1:8000", { kind: "openai", url: "http://127.0.0.1:8000/v1", model: undefined }],
  [
    "openai:https://gpu.lan/serve/v1/#org/model%20x",
    { kind: "openai", url: "https://gpu.lan/serve/v1", model: "org/model x" },
  ],
  ["lmi:http://127.0.0.1:8080", { kind: "lmi", url: "http://127.0.0.1:8080/invocations" }],
  ["lmi:http://127.0.0.1:8080/predictions/m", { kind: "lmi", url: "http://127.0.0.1:8080/predictions/m" }],
])("%s is understood", (text, spec) => {
  expect(readEngineSpec(text)).toEqual({ ok: true, spec });
});

test.each([
  ["", "it must be demo"],
  ["markov", "it must be demo"],
  ["gguf:", "needs the path"],
  ["openai:8000", "begins with http:// or https://"],
  ["lmi:file:///etc/passwd", "begins with http:// or https://"],
])("%s is refused in a sentence", (text, reason) => {
  expect(readEngineSpec(text)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
});

test("a password is refused and not repeated", () => {
  const read = readEngineSpec("openai:http://me:secret@host/v1");
  expect(read).toMatchObject({ ok: false, reason: expect.stringContaining("must not carry a password") });
  expect(JSON.stringify(read)).not.toContain("secret");
});
