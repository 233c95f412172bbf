// What officials do on the pages, in the words of the pages.
import { expect, type Locator, type Page, test } from "@playwright/test";

/** The options of the one list that is open. */
export const OPTIONS =
  ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option";

/** Types into a field that searches, and takes the option. */
export async function choose(
  page: Page, field: string, typed: string, option: RegExp,
): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.keyboard.type(typed);
  await page.locator(OPTIONS).filter({ hasText: option }).first().click();
  // Leaves the field, which closes its list; Escape would close a dialog around it too.
  await page.keyboard.press("Tab");
}

/** Takes an option of a field that offers a few. */
export async function pick(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.locator(OPTIONS).filter({ hasText: option }).first().click();
}

/** Begins a document and saves it. */
export async function draft(page: Page, title: string, text: string): Promise<void> {
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Opens the editor of the document that is shown, and writes at the end of its text. */
export async function amend(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "修改文稿" }).click();
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(text);
}

/** Once the rules have answered for what was just written: they ask for nothing more by themselves. */
export async function hinted(page: Page, written: string): Promise<void> {
  await page.waitForResponse((answer) => answer.url().endsWith("/api/documents/rules")
    && answer.request().postData()?.includes(written) === true);
}

/** The dialog of an action that is offered now. */
export async function begin(page: Page, button: string) {
  const actions = page.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: button, exact: true }).click();
  return page.getByRole("dialog");
}

/** Lists of which every item is to be confirmed, by what they are asked for. */
const CHECKED: Partial<Record<string, string>> = { 核稿通过: "审核要点", 拟办: "初审" };

/** Says that every item of a list was checked. */
async function check(dialog: Locator, list: string): Promise<void> {
  const items = dialog.getByRole("group", { name: list }).getByRole("checkbox");
  await expect(items).toHaveCount(5);
  for (const item of await items.all()) await item.check();
}

/** Does what is offered now, with an opinion where one is asked for. */
export async function act(page: Page, button: string, opinion?: string): Promise<void> {
  const dialog = await begin(page, button);
  const list = CHECKED[button];
  if (list !== undefined) await check(dialog, list);
  if (opinion !== undefined) await dialog.getByRole("textbox").last().fill(opinion);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Opens a matter from the inbox by its title. */
export async function open(page: Page, title: string): Promise<void> {
  await page.goto(`/inbox?q=${encodeURIComponent(title)}`);
  await page.getByRole("link", { name: new RegExp(title) }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The step at which the matter stands. */
export async function standsAt(page: Page, step: string): Promise<void> {
  await expect(page.locator("[aria-current=step]")).toContainText(step);
}

/** Unfolds a section, which a phone folds; at a desk all are open. */
export async function unfold(page: Page, section: string): Promise<void> {
  const button = page.getByRole("button", { name: section, exact: true, expanded: false });
  if (test.info().project.name === "phone") await button.click();
}

/** The text of the edition that a process has in use, as the server gives it. */
export async function flowOf(page: Page, code: string): Promise<string> {
  return page.evaluate(async (of) => {
    const view = await (await fetch(`/api/processes/${of}`)).json() as { flow: string };
    return view.flow;
  }, code);
}

/** Replaces what stands in the editor of a process's text. */
export async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "流程文本" });
  await editor.fill(text);
}
