// One document from draft to archive, across levels, as its officials do it.
import { expect, type Page, test } from "@playwright/test";
import { as, sound } from "./people";

const OPEN = ".ant-select-dropdown:not(.ant-select-dropdown-hidden)";

async function choose(page: Page, field: string, typed: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.keyboard.type(typed);
  await page.locator(`${OPEN} .ant-select-item-option`).filter({ hasText: option }).first().click();
  await page.keyboard.press("Escape");
}

async function act(page: Page, button: string, opinion?: string): Promise<void> {
  const actions = page.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (opinion !== undefined) await dialog.getByRole("textbox").last().fill(opinion);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Opens a matter from the inbox by its title. */
async function open(page: Page, title: string): Promise<void> {
  await page.goto(`/inbox?q=${encodeURIComponent(title)}`);
  await page.getByRole("link", { name: new RegExp(title) }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("a document goes from draft to archive, and its receiver handles it", async ({ browser }) => {
  const title = `关于检查防汛物资的通知${String(Date.now())}`;

  const drafter = await as(browser, "林岚");
  await drafter.goto("/documents/new");
  await drafter.getByLabel("标题").fill(title);
  await choose(drafter, "主送机关", "江门市人民政府", /^江门市人民政府/);
  await choose(drafter, "签发人", "何靖", /何靖/);
  await expect(drafter.getByText("主任（何靖）")).toBeVisible();
  const text = drafter.getByRole("textbox", { name: "正文" });
  await text.click();
  await drafter.keyboard.type("请于本月底前完成检查。");
  await drafter.getByRole("button", { name: "保存" }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await sound(drafter);
  await act(drafter, "提交");
  await expect(drafter.locator("[aria-current=step]")).toContainText("核稿");

  const reviewer = await as(browser, "陈卓");
  await open(reviewer, title);
  await act(reviewer, "核稿通过", "文字已核。");

  const head = await as(browser, "何靖");
  await open(head, title);
  await act(head, "签发", "同意印发。");
  await expect(head.getByRole("region", { name: "意见" })).toContainText("同意印发。");

  const clerk = await as(browser, "周雯");
  await open(clerk, title);
  await act(clerk, "编号");
  await expect(clerk.locator(".facts")).toContainText(/〔\d{4}〕\d+号/);
  await act(clerk, "分发");
  await expect(clerk.getByText("0/1 已签收")).toBeVisible();
  await sound(clerk);

  const receiver = await as(browser, "黄淇");
  await open(receiver, title);
  const switchTo = receiver.getByRole("button", { name: "改用江门市政府 文书" });
  const acknowledge = receiver.getByRole("button", { name: "签收", exact: true });
  await expect(switchTo.or(acknowledge)).toBeVisible();
  if (await switchTo.isVisible()) await switchTo.click();
  await act(receiver, "签收");
  await act(receiver, "拟办", "请办公室研提意见。");
  await sound(receiver);

  // The sender's page hears of it without being asked to reload.
  await expect(clerk.getByText("1/1 已签收")).toBeVisible();
  await act(clerk, "办结", "已分发。");
  await act(clerk, "归档");
  await expect(clerk.locator(".page-tags")).toContainText("已归档");

  await clerk.getByRole("tab", { name: "存证" }).click();
  await clerk.getByRole("combobox", { name: "选择一项办理" }).click();
  await clerk.locator(`${OPEN} .ant-select-item-option`).first().click();
  await expect(clerk.getByLabel("证明", { exact: true })).toContainText("c2sp.org/tlog-proof");
});

test("who writes when the session ends signs in again over the page", async ({ browser }) => {
  const title = `未写完的公文${String(Date.now())}`;
  const page = await as(browser, "方浩");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "保存" }).click();
  const again = page.getByRole("dialog", { name: "登录已过期" });
  await expect(again).toBeVisible();
  await sound(page);
  await again.getByRole("button", { name: /^方浩 / }).click();
  await expect(again).toBeHidden();
  await expect(page.getByLabel("标题")).toHaveValue(title);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("who leaves instead finds the draft on this machine", async ({ browser }) => {
  const page = await as(browser, "彭莉");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill("改日再写的公文");
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("button", { name: "离开本页，去登录页" }).click();
  // The same people stand in the dialog: only the sign-in page's are meant.
  await expect(page).toHaveURL(/\/login$/);
  await page.getByRole("button", { name: /^彭莉 / }).click();
  await expect(page.getByRole("heading", { level: 1, name: "待办" })).toBeVisible();
  await page.goto("/documents/new");
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(page.getByLabel("标题")).toHaveValue("改日再写的公文");
});

test("a refusal says its rule and what to do next", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill("机密★关于某事项的通知");
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.type("正文。");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert")).toContainText("下一步");
});

test("two hands on one step: the second is told and can look again", async ({ browser }) => {
  const title = `关于两人同办的通知${String(Date.now())}`;
  const one = await as(browser, "林岚");
  await one.goto("/documents/new");
  await one.getByLabel("标题").fill(title);
  await one.getByRole("textbox", { name: "正文" }).click();
  await one.keyboard.type("第一稿。");
  await one.getByRole("button", { name: "保存" }).click();
  await expect(one.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const two = await as(browser, "林岚");
  await two.goto(one.url());
  const edit = async (page: Page) => {
    await page.getByRole("button", { name: "修改文稿" }).click();
    await page.getByRole("textbox", { name: "正文" }).click();
    await page.keyboard.type("改。");
  };
  await edit(one);
  await edit(two);
  await one.getByRole("button", { name: "保存" }).click();
  await expect(one.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await two.getByRole("button", { name: "保存" }).click();
  await expect(two.getByRole("alert")).toBeVisible();
  await two.getByRole("button", { name: "载入最新内容" }).click();
  await expect(two.getByRole("heading", { level: 1, name: title })).toBeVisible();
});
