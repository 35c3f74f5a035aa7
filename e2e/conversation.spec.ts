import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const OLD = "sagescope-demo-lmi-026";

test("a chat is asked on, answered anew and edited, and a reload loses none of it", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.script(
    DEMO,
    { words: ["Walking", " helps."] },
    { words: ["Sleep", " mends."] },
    { words: ["Rest", " mends."] },
    { words: ["Tea", " warms."] },
  );
  await playground.open(DEMO);
  await playground.mode("Chat").check();
  await playground.system.fill("Be brief.");
  await playground.message.fill("What helps?");
  await playground.send.click();
  await expect(playground.tokens).toHaveText("Walking helps.");
  await expect(playground.conversation).toContainText("Sent as messages");
  await expect(playground.message).toHaveValue("");

  await playground.message.fill("What mends?");
  await playground.send.click();
  await expect(playground.tokens).toHaveText("Sleep mends.");
  await expect(playground.conversation).toContainText(/What helps\?.*Walking helps\..*What mends\?/);
  await playground.view("Wire").check();
  await expect(page.getByRole("main")).toContainText(/system.{0,20}content.{0,8}Be brief\./);
  await playground.view("Text").check();

  await playground.regenerate.click();
  await expect(playground.tokens).toHaveText("Rest mends.");
  await expect(playground.tree).toContainText("Answered anew");
  await page.getByRole("button", { name: "Previous answer" }).last().click();
  await expect(playground.tokens).toHaveText("Sleep mends.");

  await playground.conversation.getByRole("button", { name: "Edit" }).last().click();
  await playground.conversation.getByRole("textbox", { name: "Edit the question" }).fill("What warms?");
  await playground.conversation.getByRole("button", { name: "Ask instead" }).click();
  await expect(playground.tokens).toHaveText("Tea warms.");
  await expect(playground.conversation).toContainText("2/2");
  // The address is written a moment after the answer, however quick that was.
  await expect(page).toHaveURL(/[?&]run=[\w-]+/);

  await page.reload();
  await expect(playground.tokens).toHaveText("Tea warms.");
  await expect(playground.mode("Chat")).toBeChecked();
  await expect(playground.conversation).toContainText(/What helps\?.*Walking helps\..*What warms\?/);
  await page.getByRole("button", { name: "Previous question" }).click();
  await expect(playground.tokens).toHaveText("Rest mends.");
  await playground.tree.getByRole("button", { name: /First answer/ }).click();
  await expect(playground.tokens).toHaveText("Walking helps.");
  await expect(playground.tree.getByRole("button", { name: /token/ })).toHaveCount(4);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
});

test("a container without chat is asked in a plain template, and the page says so", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.script(OLD, { words: ["Hello", " there."] });
  await playground.open(OLD);
  await playground.mode("Chat").check();
  await expect(page.getByText("this container has no chat")).toBeVisible();
  await playground.message.fill("Hi");
  await playground.send.click();
  await expect(playground.tokens).toContainText("Hello there.");
  await expect(playground.conversation).toContainText("Sent as plain text in inputs");
  await playground.view("Wire").check();
  await page.getByText("Request body").click();
  await expect(page.getByText(/User: Hi\\n\\nAssistant:/).first()).toBeVisible();
});

test("another choice at a token is a branch beside the answer it left", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  const unsure = {
    text: " cats",
    logProb: -0.9,
    top: [
      { text: " cats", logProb: -0.9 },
      { text: " dogs", logProb: -1.2 },
    ],
  };
  await sagemaker.script(DEMO, { words: ["I like", unsure, " most."] }, { words: [" that", " bark."] });
  await playground.open(DEMO);
  await playground.prompt.fill("Which animals?");
  await playground.run.click();
  await expect(playground.tokens).toHaveText("I like cats most.");

  // Keyboard only: to the unsure token, its card, and the choice in it.
  await playground.tokens.focus();
  await page.keyboard.press("]");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Branch with “ dogs”" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(playground.tokens).toHaveText("I like dogs that bark.");
  await expect(playground.seams).toHaveCount(1);
  await expect(playground.tree).toContainText('Branched at token 2: " dogs"');
  await playground.view("Wire").check();
  await page.getByText("Request body").click();
  await expect(page.getByText(/Which animals\?I like dogs/).first()).toBeVisible();
  await playground.view("Text").check();
  await expect(page).toHaveURL(/[?&]run=[\w-]+/);

  await page.reload();
  await expect(playground.tokens).toHaveText("I like dogs that bark.");
  await page.getByRole("button", { name: "Previous answer" }).click();
  await expect(playground.tokens).toHaveText("I like cats most.");
});
