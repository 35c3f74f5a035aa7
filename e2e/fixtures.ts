import { test as base, expect, type Page } from "@playwright/test";
import { connectLocalSageMaker, type LocalSageMaker } from "./local-sagemaker.ts";

type Fixtures = {
  /** The local SageMaker; endpoints named `journey-…` are gone from it afterwards. */
  sagemaker: LocalSageMaker;
  /** Says beforehand which complaints of the browser a journey causes on purpose. */
  expectComplaint: (pattern: RegExp) => void;
};

/** Playwright's test, in which a complaint that nobody expected fails the journey. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  baseURL: async ({}, use) => use(process.env.SAGESCOPE_URL),
  sagemaker: async ({ baseURL }, use) => {
    const sagemaker = await connectLocalSageMaker(baseURL ?? "");
    await use(sagemaker);
    // A journey that failed half-way must not be another's trouble.
    const left = (await sagemaker.endpointNames()).filter((name) => name.startsWith("journey-"));
    for (const name of left) await sagemaker.deleteEndpoint(name);
  },
  expectComplaint: [
    async ({ page }, use) => {
      const complaints = listen(page);
      const expected: RegExp[] = [];
      await use((pattern) => void expected.push(pattern));
      const unexpected = complaints.filter(
        (complaint) => !expected.some((pattern) => pattern.test(complaint)),
      );
      expect(unexpected, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

function listen(page: Page) {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Only a page itself calls a request off, by being left or stopped; Chromium now and then says so, too, of a
    // stream whose end was read before the network had reported it. A server that fails has other codes.
    if (reason === "net::ERR_ABORTED") return;
    complaints.push(`request: ${request.method()} ${request.url()} ${reason}`);
  });
  return complaints;
}
