import { expect, test } from "./fixtures.ts";
import { launchApp } from "./launched-app.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const PAGES = ["/endpoints", "/endpoints/new", `/endpoints/${DEMO}`, "/playground", "/no-such-page"];

for (const path of PAGES) {
  test(`${path} runs only our own scripts`, async ({ request }) => {
    const policies = await Promise.all(
      [1, 2].map(async () => (await request.get(path)).headers()["content-security-policy"] ?? ""),
    );
    const [policy = "", another] = policies;
    const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src "));
    expect(scripts).toMatch(/^script-src 'self' 'nonce-[^']+' 'strict-dynamic'$/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy, "a nonce is used once").not.toBe(another);
  });
}

test("no answer of the server holds a credential", async ({ browser, sagemaker }) => {
  const secrets = {
    AWS_ACCESS_KEY_ID: "AKIAJOURNEY7Q2ZXW4",
    AWS_SECRET_ACCESS_KEY: "s3cr3t/Journey+Qz9vLk27XyWpR4",
  };
  const app = await launchApp(["--aws", "--region", "us-east-1"], {
    ...secrets,
    AWS_ENDPOINT_URL: sagemaker.url,
  });
  try {
    const page = await browser.newPage({ baseURL: app.url });
    const bodies: Promise<string>[] = [];
    page.on("response", (response) => {
      const headers = JSON.stringify(response.headers());
      const body = response.text().catch(() => "");
      bodies.push(body.then((text) => `${response.url()}\n${headers}\n${text}`));
    });
    for (const path of PAGES.slice(0, 3)) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    }
    const playground = playgroundOf(page);
    await sagemaker.script(DEMO, { words: ["One", " two"] });
    await playground.open(DEMO);
    await playground.prompt.fill("Count");
    await playground.run.click();
    await expect(playground.status).toHaveText(/^Finished/);
    await page.close();

    const answers = await Promise.all(bodies);
    expect(answers.some((answer) => answer.includes("/_next/static/"))).toBe(true);
    expect(answers.some((answer) => answer.includes("run-end"))).toBe(true);
    for (const secret of Object.values(secrets)) {
      expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
    }
  } finally {
    await app.stop();
  }
});
