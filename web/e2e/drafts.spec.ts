// Two hands, or two tabs, on one draft: whatever was written can still be had.
import { type Browser, expect, type Page } from "@playwright/test";
import { amend, begin, draft, hinted, pick } from "./acts";
import { as, sound, test } from "./people";

const save = (page: Page) => page.getByRole("button", { name: "保存", exact: true }).click();
const kept = (page: Page) => expect(page.getByText(/已存本机/)).toBeVisible();
const paper = (page: Page) => page.getByRole("article");

/** Two browsers on one draft, both written in; the first one's text is saved. */
async function crossed(browser: Browser, title: string): Promise<{ one: Page; two: Page }> {
  const one = await as(browser, "林岚");
  await draft(one, title, "第一稿。");
  const two = await as(browser, "林岚");
  await two.goto(one.url());
  await amend(one, "甲改的。");
  await amend(two, "乙改的。");
  await save(one);
  await expect(one.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return { one, two };
}

test("whose save comes second compares, and may put his text on top", async ({ browser }) => {
  const title = `关于两人同改的通知${String(Date.now())}`;
  const { one, two } = await crossed(browser, title);
  // He hears of it before he saves.
  await expect(two.getByRole("status").filter({ hasText: /林岚已于.*保存第2稿/ })).toBeVisible();
  await two.getByLabel("标题").fill(`${title}（改）`);
  await save(two);
  const dialog = two.getByRole("dialog", { name: "文稿已有新稿" });
  await expect(dialog).toContainText(/林岚已于.*保存第2稿，您的文稿是在第1稿上改的/);
  await expect(dialog.locator(".compare-text ins").filter({ hasText: "乙" })).toBeVisible();
  await expect(dialog.locator(".compare-text del").filter({ hasText: "甲" })).toBeVisible();
  await sound(two);
  await dialog.getByRole("button", { name: "继续修改" }).click();
  await expect(two.getByRole("textbox", { name: "正文" })).toContainText("乙改的。");
  await two.getByRole("button", { name: "比较两稿" }).click();
  await dialog.getByRole("button", { name: "以我的文稿存为新稿" }).click();
  await expect(two.getByRole("heading", { level: 1, name: `${title}（改）` })).toBeVisible();
  await expect(paper(two)).toContainText("第一稿。乙改的。");
  await two.getByRole("tab", { name: "文稿版本" }).click();
  await expect(two.locator(".compare-text del").filter({ hasText: "甲" })).toBeVisible();
  await expect(paper(one)).toContainText("第一稿。乙改的。");
});

test("who takes the other's text finds his own on this machine", async ({ browser }) => {
  const title = `关于采用对方的通知${String(Date.now())}`;
  const { two } = await crossed(browser, title);
  await save(two);
  const dialog = two.getByRole("dialog", { name: "文稿已有新稿" });
  await dialog.getByRole("button", { name: "采用对方的文稿" }).click();
  const text = two.getByRole("textbox", { name: "正文" });
  await expect(text).toContainText("第一稿。甲改的。");
  await expect(two.getByRole("alert")).toBeHidden();
  await two.getByRole("button", { name: "恢复" }).click();
  await expect(text).toContainText("第一稿。乙改的。");
  // What was restored is still based on the older version, and says so.
  await save(two);
  await expect(dialog).toBeVisible();
});

test("two tabs keep their own text and know of one another", async ({ browser }) => {
  const title = `关于两个标签页的通知${String(Date.now())}`;
  const one = await as(browser, "方浩");
  await draft(one, title, "第一稿。");
  const two = await one.context().newPage();
  await two.goto(one.url());
  await amend(one, "甲页。");
  await kept(one);
  await amend(two, "乙页。");
  await kept(two);
  for (const page of [one, two]) {
    await expect(page.getByText(/另一个标签页也打开着这份文稿/)).toBeVisible();
    await expect(page.getByRole("button", { name: "恢复" })).toBeHidden();
  }
  await sound(two);
  await one.close();
  await expect(two.getByText(/另一个标签页也打开着这份文稿/)).toBeHidden();
  await two.getByRole("button", { name: "恢复" }).click();
  const text = two.getByRole("textbox", { name: "正文" });
  await expect(text).toContainText("第一稿。甲页。");
  await two.getByRole("button", { name: "恢复" }).click();
  await expect(text).toContainText("第一稿。乙页。");
});

test("a session that ends in mid-edit loses no word, though the tab is closed", async ({
  browser,
}) => {
  const title = `关于会话过期的通知${String(Date.now())}`;
  const page = await as(browser, "方浩");
  await draft(page, title, "第一稿。");
  const place = page.url();
  const told = hinted(page, "写到一半。");
  await amend(page, "写到一半。");
  await kept(page);
  await told;
  await page.context().clearCookies();
  await save(page);
  await expect(page.getByRole("dialog", { name: "登录已过期" })).toBeVisible();
  const next = await page.context().newPage();
  await page.close();
  await next.goto("/login");
  await next.getByRole("button", { name: /^方浩 / }).click();
  await expect(next.getByRole("heading", { level: 1, name: "待办" })).toBeVisible();
  await next.goto(place);
  await next.getByRole("button", { name: "修改文稿" }).click();
  await next.getByRole("button", { name: "恢复" }).click();
  await expect(next.getByRole("textbox", { name: "正文" })).toContainText("第一稿。写到一半。");
  await save(next);
  await expect(paper(next)).toContainText("写到一半。");
});

test("whoever leaves without saving finds his text again", async ({ browser }) => {
  const page = await as(browser, "方浩");
  await draft(page, `关于取消的通知${String(Date.now())}`, "第一稿。");
  await amend(page, "还没有存的话。");
  await page.getByRole("button", { name: "取消", exact: true }).click();
  await expect(paper(page)).not.toContainText("还没有存的话。");
  await page.getByRole("button", { name: "修改文稿" }).click();
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(page.getByRole("textbox", { name: "正文" })).toContainText("还没有存的话。");
});

test("one goes on writing below a table, and where a level was chosen again", async ({ browser }) => {
  const page = await as(browser, "方浩");
  await page.goto("/documents/new");
  const text = page.getByRole("textbox", { name: "正文" });
  await text.click();
  await page.getByRole("button", { name: "插入表格" }).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("表后的话");
  await expect(text.locator("> p").last()).toHaveText("表后的话");
  await pick(page, "段落样式", "正文");
  await page.keyboard.type("，接着写");
  await expect(text.locator("> p").last()).toHaveText("表后的话，接着写");
});

test("a dialog that is closed gives the focus back", async ({ browser }) => {
  const page = await as(browser, "方浩");
  await draft(page, `关于焦点的通知${String(Date.now())}`, "第一稿。");
  const dialog = await begin(page, "提交");
  await expect(dialog).toContainText("公开属性");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "提交", exact: true })).toBeFocused();
});
