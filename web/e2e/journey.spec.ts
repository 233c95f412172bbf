// One document from draft to archive, over five levels, as its officials do it.
import { readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { act, begin, choose, open, OPTIONS, pick, standsAt } from "./acts";
import { as, sound, test } from "./people";

const REASON = "请写明检查的依据。";
const PDF = "%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

/** 林岚 writes it: a heading, a line, a table, and one file beside it. */
async function write(page: Page, title: string): Promise<void> {
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  await choose(page, "主送机关", "江门市人民政府", /^江门市人民政府/);
  await choose(page, "主送机关", "广州市人民政府", /^广州市人民政府/);
  await choose(page, "会签单位", "广东省财政厅", /^广东省财政厅/);
  await choose(page, "签发人", "何靖", /何靖/);
  await expect(page.getByTitle("主任（何靖）")).toBeVisible();
  await pick(page, "公开属性", "主动公开");
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.getByRole("combobox", { name: "段落样式" }).click();
  await page.locator(OPTIONS).filter({ hasText: "一级标题" }).click();
  await page.keyboard.type("检查范围");
  await page.keyboard.press("Enter");
  await page.keyboard.type("请于本月底前完成检查。");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "插入表格" }).click();
  await page.keyboard.type("物资");
  await page.keyboard.press("Tab");
  await page.keyboard.type("数量");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const paper = page.getByRole("article");
  await expect(paper.getByRole("heading", { level: 3, name: "检查范围" })).toBeVisible();
  await expect(paper.getByRole("columnheader", { name: "数量" })).toBeVisible();
  const file = { name: "物资清单.pdf", mimeType: "application/pdf", buffer: Buffer.from(PDF) };
  await page.getByLabel("上传附件").setInputFiles(file);
  await expect(page.getByRole("link", { name: "物资清单.pdf" })).toBeVisible();
  await sound(page);
}

/** 陈卓 sends it back, 林岚 mends it, and it comes straight back to him. */
async function mend(drafter: Page, reviewer: Page, title: string): Promise<void> {
  await open(reviewer, title);
  const back = await begin(reviewer, "退回");
  await back.getByRole("button", { name: "退回", exact: true }).click();
  await expect(back.getByRole("alert")).toContainText("请写明理由。");
  await back.getByRole("checkbox", { name: "重办后直接送回本环节" }).check();
  await back.getByRole("textbox").last().fill(REASON);
  await back.getByRole("button", { name: "退回", exact: true }).click();
  await expect(back).toBeHidden();

  await open(drafter, title);
  await expect(drafter.getByRole("region", { name: "意见" })).toContainText(REASON);
  await drafter.getByRole("button", { name: "修改文稿" }).click();
  await drafter.getByRole("textbox", { name: "正文" }).getByText("请于本月底前完成检查。").click();
  await drafter.keyboard.press("End");
  await drafter.keyboard.type("依据为《广东省防汛条例》。");
  await drafter.getByRole("button", { name: "保存" }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await act(drafter, "提交");
  await standsAt(drafter, "核稿");

  await standsAt(reviewer, "核稿");
  await reviewer.getByRole("tab", { name: "文稿版本" }).click();
  const changed = reviewer.locator(".compare-text ins");
  await expect(changed.first()).toContainText("依据为《广东省防汛条例》。");
  await sound(reviewer);
}

/** Signs in, opens what waits, and acknowledges it. */
async function receive(browser: Browser, name: string, title: string): Promise<Page> {
  const page = await as(browser, name);
  await open(page, title);
  const others = page.getByRole("button", { name: "改用江门市政府 文书" });
  const acknowledge = page.getByRole("button", { name: "签收", exact: true });
  await expect(others.or(acknowledge)).toBeVisible();
  if (await others.isVisible()) await others.click();
  await act(page, "签收");
  return page;
}

async function relay(page: Page, typed: string, unit: RegExp, told: string): Promise<void> {
  const dialog = await begin(page, "转发");
  await choose(page, "转发到", typed, unit);
  await dialog.getByRole("button", { name: "转发", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".facts")).toContainText(told);
}

/** 承办 to 归档 at the receiving unit. */
async function finish(page: Page): Promise<void> {
  await act(page, "承办", "已清点入库。");
  await act(page, "办结", "检查完毕。");
  await act(page, "归档");
  await expect(page.locator(".page-tags")).toContainText("已归档");
}

async function takeProof(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "存证" }).click();
  await page.getByRole("combobox", { name: "选择一项办理" }).click();
  await page.locator(OPTIONS).first().click();
  await expect(page.getByLabel("证明", { exact: true })).toContainText("c2sp.org/tlog-proof");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^存证-\d+\.txt$/);
  expect(readFileSync(await file.path(), "utf8")).toMatch(/^c2sp\.org\/tlog-proof/);
}

test("a document goes from draft to archive over five levels", async ({ browser }) => {
  // A dozen people sign in and act: on a loaded machine this takes its time.
  test.setTimeout(240_000);
  const title = `广东省人民政府办公厅关于检查防汛物资${String(Date.now())}的通知`;

  const drafter = await as(browser, "林岚");
  await write(drafter, title);
  await act(drafter, "提交");
  await standsAt(drafter, "核稿");
  const reviewer = await as(browser, "陈卓");
  await mend(drafter, reviewer, title);
  await act(reviewer, "核稿通过", "文字已核。");

  const finance = await as(browser, "欧阳清");
  await open(finance, title);
  await act(finance, "同意会签", "财政厅无不同意见。");
  const head = await as(browser, "何靖");
  await open(head, title);
  await act(head, "签发", "同意印发。");
  await expect(head.getByRole("region", { name: "意见" })).toContainText("财政厅无不同意见。");

  const clerk = await as(browser, "周雯");
  await open(clerk, title);
  await act(clerk, "编号");
  await expect(clerk.locator(".facts")).toContainText(/〔\d{4}〕\d+号/);
  await act(clerk, "分发");
  await expect(clerk.getByText("0/2 已签收")).toBeVisible();

  const guangzhou = await as(browser, "江禾");
  await open(guangzhou, title);
  await act(guangzhou, "退文", "附件缺页，请补发。");
  await expect(guangzhou.locator(".facts")).toContainText("附件缺页，请补发。");

  const city = await receive(browser, "黄淇", title);
  await expect(city.getByRole("link", { name: "物资清单.pdf" })).toBeVisible();
  await relay(city, "开平市人民政府", /^开平市人民政府/, "开平市");
  await act(city, "拟办", "拟请司徒市长批示。");
  const mayor = await as(browser, "司徒宁");
  await open(mayor, title);
  await act(mayor, "批示", "请抓紧办理。");
  await standsAt(city, "承办");
  await finish(city);

  const county = await receive(browser, "余沛", title);
  await relay(county, "塘口镇人民政府", /^塘口镇人民政府/, "塘口镇");
  const town = await receive(browser, "张墨", title);
  await relay(town, "以敬村", /^以敬村/, "以敬村");
  const village = await receive(browser, "方家明", title);
  await act(village, "拟办", "由我办理。");
  await act(village, "批示", "同意。");
  await finish(village);
  await sound(village);

  // The sender's page hears of the receivers without being asked to reload.
  await expect(clerk.getByText("4/5 已签收")).toBeVisible();
  const rows = clerk.getByRole("tabpanel").getByRole("row");
  await expect(rows.filter({ hasText: "广州市" })).toContainText("附件缺页，请补发。");
  await expect(rows.filter({ hasText: "以敬村" })).toContainText("已归档");
  await sound(clerk);
  await act(clerk, "办结", "已分发。");
  await act(clerk, "归档");
  await expect(clerk.locator(".page-tags")).toContainText("已归档");
  await takeProof(clerk);
  await sound(clerk);
});
