import { expect, test } from "vitest";
import type { TokenEvent } from "../open-generation.ts";
import { tokenEvent } from "../send-test-request.ts";
import { writeOutputs } from "./write-outputs.ts";

async function* play(...texts: string[]): AsyncGenerator<TokenEvent> {
  for (const text of texts) {
    const event = tokenEvent(text);
    if (event.type === "token") yield event;
  }
}

test("a finished prompt goes on with empty texts until the longest is done", async () => {
  const lines: string[] = [];
  for await (const line of writeOutputs([play("a"), play("b", "c")])) lines.push(line);
  expect(lines).toEqual(['{"outputs": ["a", "b"]}\n', '{"outputs": ["", "c"]}\n']);
});
