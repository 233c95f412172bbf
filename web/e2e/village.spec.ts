// A county asks a village, and the village answers: the whole round on a phone.
import { type Browser, expect, type Page } from "@playwright/test";
import { act, begin, choose, open, pick, standsAt } from "./acts";
import { as, sound, test } from "./people";

async function opened(browser: Browser, name: string, title: string): Promise<Page> {
  const page = await as(browser, name);
  await open(page, title);
  return page;
}

/** Fills in what a template or an answer leaves open, and saves. */
async function fill(page: Page, title: string, text: string, signer: string): Promise<void> {
  await page.getByLabel("标题").fill(title);
  await choose(page, "签发人", signer, new RegExp(signer));
  await pick(page, "公开属性", "主动公开");
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The town between the two is passed over, and it is said why (条例 第十四条). */
async function submit(page: Page): Promise<void> {
  const dialog = await begin(page, "提交");
  const reason = dialog.getByRole("textbox", { name: "理由" });
  await expect(dialog.getByRole("button", { name: "提交", exact: true })).toBeEnabled();
  if (await reason.count() > 0) await reason.fill("抗旱急需，已告知塘口镇人民政府。");
  await dialog.getByRole("button", { name: "提交", exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function issue(page: Page): Promise<void> {
  await act(page, "编号");
  await act(page, "分发");
}

test("a county asks, a village handles and answers, and both see it", async ({ browser }) => {
  test.setTimeout(300_000);
  const matter = `了解饮水安全情况${String(Date.now())}`;
  const title = `开平市人民政府办公室关于${matter}的函`;

  const drafter = await as(browser, "张宇航 开平市办公室");
  await drafter.goto("/documents/new?template=letter");
  await choose(drafter, "主送机关", "以敬村", /以敬村/);
  await drafter.getByLabel("附注").fill("联系人：张宇航，电话：0750-2200000");
  await fill(drafter, title, "请报送饮水安全情况。", "王志强");
  await submit(drafter);
  await act(await opened(browser, "宋思琪 开平市办公室", title), "核稿通过", "已核。");
  await act(await opened(browser, "王志强 开平市办公室", title), "签发", "同意。");
  const county = await opened(browser, "刘秀珍 开平市办公室", title);
  await issue(county);
  await expect(county.getByText("0/1 已签收")).toBeVisible();

  const village = await opened(browser, "方家明", title);
  await act(village, "签收");
  await act(village, "拟办", "由我村办理。");
  await act(village, "批示", "请尽快核实。");
  await standsAt(village, "承办");
  await sound(village);
  await expect(county.getByText("1/1 已签收")).toBeVisible();

  await village.getByRole("link", { name: "起草答复" }).click();
  await expect(village.getByLabel("标题")).toHaveValue(new RegExp(`关于${matter}的报告$`));
  const answer = await village.getByLabel("标题").inputValue();
  await fill(village, answer, "我村现有水厂一座，供水正常。特此报告。", "方家明");
  await submit(village);
  await act(village, "核稿通过", "已核。");
  await act(village, "签发", "同意。");
  await issue(village);

  await act(await opened(browser, "刘秀珍 开平市办公室", answer), "签收");
  await open(village, title);
  await expect(village.locator(".facts")).toContainText(/以敬村〔\d{4}〕\d+号/);
  await act(village, "承办", "已报告。");
  await act(village, "办结", "办结。");
  await expect(village.locator(".page-tags")).toContainText("已办结");
  await sound(village);
});
