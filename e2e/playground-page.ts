import { expect, type Page } from "@playwright/test";

/** The playground by the names a person reads on it. */
export function playgroundOf(page: Page) {
  return {
    endpoint: page.getByRole("combobox", { name: "Endpoint" }),
    prompt: page.getByRole("textbox", { name: "Prompt" }),
    mode: (name: "Prompt" | "Chat") => page.getByRole("radio", { name, exact: true }),
    message: page.getByRole("textbox", { name: "Message" }),
    system: page.getByRole("textbox", { name: "System prompt" }),
    send: page.getByRole("button", { name: "Send", exact: true }),
    conversation: page.getByRole("region", { name: "Conversation" }),
    tree: page.getByRole("region", { name: "Tree of answers" }),
    parts: page.getByRole("region", { name: "Requests" }),
    regenerate: page.getByRole("button", { name: "Regenerate" }),
    run: page.getByRole("button", { name: "Run", exact: true }),
    stop: page.getByRole("button", { name: "Stop", exact: true }),
    continueAnswer: page.getByRole("button", { name: "Continue", exact: true }),
    autoContinue: page.getByRole("checkbox", { name: "Auto-continue" }),
    maxNewTokens: page.getByRole("textbox", { name: "Max new tokens" }),
    stopSequences: page.getByRole("textbox", { name: "Stop sequences" }),
    tokens: page.getByRole("region", { name: /^Answer tokens/ }),
    seams: page.getByRole("separator", { name: /^Request \d+ begins/ }),
    confidence: page.getByRole("region", { name: "Confidence" }),
    finishReason: page.getByRole("region", { name: "Finish reason" }),
    counts: page.getByRole("region", { name: "Timing and counts" }),
    status: page.getByRole("status"),
    // Next keeps an empty alert of its own outside the main landmark.
    failure: page.getByRole("main").getByRole("alert"),
    view: (name: "Text" | "Tokens" | "Table" | "Wire") => page.getByRole("radio", { name, exact: true }),
    open: async (endpoint: string) => {
      await page.goto(`/playground?endpoint=${endpoint}`);
      await expect(page.getByRole("combobox", { name: "Endpoint" })).toHaveValue(endpoint);
    },
  };
}
