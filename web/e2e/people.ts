// Signing in as a person of the demonstration, and what every page must keep to.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, type Browser, expect, type Page } from "@playwright/test";

/** What a test opened is closed behind it: open pages listen, and load, while others are tested. */
export const test = base.extend<{ closed: undefined }>({
  closed: [async ({ browser }, use) => {
    await use(undefined);
    for (const context of browser.contexts()) await context.close();
  }, { auto: true }],
});

/** A page in a browser that shares nothing with the others. */
export async function fresh(browser: Browser): Promise<Page> {
  const { viewport, hasTouch } = test.info().project.use;
  const context = await browser.newContext({
    ...(viewport !== undefined && { viewport }),
    ...(hasTouch !== undefined && { hasTouch }),
  });
  const page = await context.newPage();
  watch(page);
  return page;
}

/** A page of this person's own, with his unit where another is called the same. Who has no part of
    the demonstration is looked for by name. */
export async function as(browser: Browser, name: string): Promise<Page> {
  const page = await fresh(browser);
  await page.goto("/login");
  const button = page.getByRole("button", { name: new RegExp(`^${name} `) });
  await expect(page.locator(".login-demo button").first()).toBeVisible();
  if (await button.count() === 0) {
    await page.getByRole("searchbox", { name: "找其他演示人员" }).fill(name.split(" ", 1).join(""));
  }
  await button.click();
  await expect(page.locator("#main").getByRole("heading", { level: 1 })).toBeVisible();
  return page;
}

/** Nothing may fail in the page, the content policy included. */
export function watch(page: Page): void {
  page.on("pageerror", (error) => { throw error; });
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /Content Security Policy|Uncaught/.test(text)) {
      throw new Error(text);
    }
  });
}

/** WCAG 2.2 AA, as far as a machine can see, names in Chinese, and no sideways scrolling. */
export async function sound(page: Page): Promise<void> {
  // What is scrolled under the bars at head and foot is not small, only out of sight for now.
  const put = (position: string) => page.evaluate((now) => {
    const boards = document.querySelector<HTMLElement>(".boards");
    if (boards !== null) boards.style.position = now;
    window.scrollTo(0, 0);
  }, position);
  await put("static");
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  await put("");
  const told = violations.map((one) =>
    `${one.id}: ${one.help} — ${one.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
  expect(told).toEqual([]);
  await speaksChinese(page);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBeLessThanOrEqual(0);
  const uneven = await page.locator(".ant-input-search:visible").evaluateAll((all) =>
    all.map((one) => [...one.children].map((part) => part.getBoundingClientRect().height))
      .filter(([box = 0, button = 0]) => Math.abs(box - button) > 0.5));
  expect(uneven).toEqual([]);
}

/** Every name that is told and not shown is Chinese: the kit's own words are English. */
async function speaksChinese(page: Page): Promise<void> {
  const foreign = await page.locator("[aria-label], [aria-roledescription]").evaluateAll((all) =>
    all.flatMap((one) => ["aria-label", "aria-roledescription"]
      .map((name) => one.getAttribute(name) ?? "")
      .filter((text) => /[A-Za-z]/.test(text) && !/\p{Script=Han}/u.test(text))));
  expect(foreign).toEqual([]);
}
