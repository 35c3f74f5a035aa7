import { chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { OPTION_ROWS } from "#lib/options/option-catalogue.ts";
import { percentile } from "./median.ts";
import { startTiming, stopTiming } from "./page-probes.ts";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
/** A laptop as slow as a phone: what Chromium's own tools call a low-end mobile. */
const THROTTLE = 4;
const LINES = 64;
const TYPED = "option.max_rolling_batch_size=32 # as measured";

/** What a keystroke costs somebody who edits a long configuration. Times in ms at a fourth of the processor. */
export type EditorCosts = {
  lines: number;
  /** The validation of the whole text alone, in the same browser. */
  validation: { p50: number; p95: number };
  /** From the key to the frame that shows it, and the same in a text field of the browser's own. */
  paint: { p50: number; p95: number };
  plain: { p50: number; p95: number };
};

/** Types into the wizard's editor of `serving.properties`, which holds 64 options. */
export async function measureEditor(
  appUrl: string,
  executablePath: string | undefined,
): Promise<EditorCosts> {
  const browser = await chromium.launch({
    args: FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    // The loader of this program wraps named functions in a call that pages do not know.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.goto(`${appUrl}/deploy?step=configuration`);
    const editor = page.getByRole("textbox", { name: "serving.properties" });
    await editor.fill(longText());
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
    await editor.focus();
    const paint = await timeTyping(page);
    const validation = await timeValidation(page, await editor.inputValue());
    // The same page's processor, and a field that nothing listens to.
    await page.evaluate(() => {
      const field = document.createElement("textarea");
      document.body.replaceChildren(field);
      field.focus();
    });
    return { lines: LINES, validation, paint, plain: await timeTyping(page) };
  } finally {
    await browser.close();
  }
}

/** As many options as people set at most, with the catalogue's own examples. */
function longText(): string {
  return OPTION_ROWS.filter(({ name }) => name.startsWith("option."))
    .slice(0, LINES)
    .map((row) => `${row.name}=${row.example ?? row.allowed[0] ?? "1"}\n`)
    .join("");
}

async function timeTyping(page: Page) {
  await page.keyboard.press("ControlOrMeta+End");
  await page.evaluate(startTiming);
  await page.keyboard.type(TYPED, { delay: 100 });
  const times = await page.evaluate(stopTiming);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** The product's own functions, called in the slowed browser with the text as it is after each keystroke. */
async function timeValidation(page: Page, text: string) {
  const bundle = await build({
    stdin: {
      contents: `export { parseProperties } from "#lib/options/parse-properties.ts";
export { validateProperties } from "#lib/options/validate-properties.ts";`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "editorRules",
  });
  await page.evaluate(`${bundle.outputFiles[0]?.text ?? ""}; globalThis.editorRules = editorRules;`);
  const times: unknown = await page.evaluate(`(() => {
    const { parseProperties, validateProperties } = globalThis.editorRules;
    const context = { version: "0.36.0", backend: "vllm", architecture: null, instance: null, startupTimeoutSeconds: 1800 };
    const text = ${JSON.stringify(text)};
    return Array.from({ length: ${TYPED.length} }, (_, at) => {
      const began = performance.now();
      validateProperties(parseProperties(text.slice(0, text.length - at)), context);
      return performance.now() - began;
    });
  })()`);
  if (!Array.isArray(times)) throw new Error("the page returned no times");
  const numbers = times.map(Number);
  return { p50: percentile(numbers, 0.5), p95: percentile(numbers, 0.95) };
}
