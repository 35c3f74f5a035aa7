import { expect, test } from "vitest";
import { fillPrompt, variablesIn } from "./prompt-template.ts";

test.each([
  ["Hello {{name}}, from {{ city }} and {{name}}.", ["name", "city"]],
  ["No variables: {name}, {{}}, {{ 1st }}, {{a b}}", []],
  ["{{größe_2}} {{a-b}}", ["größe_2", "a-b"]],
  ["{{{x}}}", ["x"]],
])("%s", (prompt, names) => {
  expect(variablesIn(prompt)).toEqual(names);
});

test("values stand where their variables stood, and are not looked through", () => {
  expect(fillPrompt("{{a}} and {{ b }}, {{a}}", { a: "{{b}}", b: "$& $1" })).toEqual({
    prompt: "{{b}} and $& $1, {{b}}",
    missing: [],
  });
});

test("a variable without a value stays and is named", () => {
  expect(fillPrompt("{{a}} {{b}} {{toString}}", { a: "x", b: "" })).toEqual({
    prompt: "x {{b}} {{toString}}",
    missing: ["b", "toString"],
  });
});
