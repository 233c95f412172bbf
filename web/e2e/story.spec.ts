// What may come between while a document is written: a lost session, a refusal.
import { expect } from "@playwright/test";
import { begin, choose, hinted, pick, standsAt, unfold } from "./acts";
import { as, sound, test } from "./people";

test("who writes when the session ends signs in again over the page", async ({ browser }) => {
  const title = `未写完的公文${String(Date.now())}`;
  const page = await as(browser, "方浩");
  await page.goto("/documents/new");
  const told = hinted(page, title);
  await page.getByLabel("标题").fill(title);
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await told;
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
  const told = hinted(page, "改日再写的公文");
  await page.getByLabel("标题").fill("改日再写的公文");
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await told;
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

test("a broken rule stops a submission until it is mended or explained", async ({ browser }) => {
  const matter = `关于水库除险${String(Date.now())}的通知`;
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(matter);
  await choose(page, "主送机关", "开平市人民政府", /^开平市人民政府/);
  await choose(page, "签发人", "何靖", /何靖/);
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.type("请抓紧抢护。");
  // Beside the text it is told already.
  const hints = page.getByRole("region", { name: "行文提示" });
  await unfold(page, "行文提示");
  await expect(hints).toContainText(`标题“${matter}”没有写发文机关名称。`);
  await expect(hints).toContainText("越过了“江门市人民政府”");
  await sound(page);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: matter })).toBeVisible();

  const dialog = await begin(page, "提交");
  await expect(dialog).toContainText("《党政机关公文处理工作条例》第九条（七）");
  await expect(dialog).toContainText("请在标题开头写“广东省人民政府办公厅”。");
  await sound(page);
  await dialog.getByRole("button", { name: "提交", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("请先改正。");
  await dialog.getByRole("button", { name: "取消" }).click();

  const title = `广东省人民政府办公厅${matter}`;
  await page.getByRole("button", { name: "修改文稿" }).click();
  await page.getByLabel("标题").fill(title);
  await pick(page, "公开属性", "主动公开");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();

  const again = await begin(page, "提交");
  await expect(again).toContainText("《党政机关公文处理工作条例》第十四条");
  const reason = "险情紧急，已电话告知江门市人民政府办公室。";
  await again.getByRole("textbox", { name: "理由" }).fill(reason);
  await again.getByRole("button", { name: "提交", exact: true }).click();
  await expect(again).toBeHidden();
  await standsAt(page, "核稿");
  await expect(page.getByRole("region", { name: "说明与审核" })).toContainText(reason);
  await sound(page);
});
