// A document begun from a template, signed by hand, sent further, handled by many and answered.
import { readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { act, begin, choose, open, OPTIONS, pick, standsAt } from "./acts";
import { as, sound, test } from "./people";

/** What stands in the menu of further actions; gives the dialog that it opens. */
async function further(page: Page, button: string) {
  const actions = page.getByRole("region", { name: "现在可办" });
  const menu = actions.getByRole("button", { name: "更多操作" });
  const plain = actions.getByRole("button", { name: button, exact: true });
  await expect(menu.or(plain).first()).toBeVisible();
  if (await plain.isVisible()) await plain.click();
  else {
    await menu.click();
    await page.getByRole("menuitem", { name: button, exact: true }).click();
  }
  return page.getByRole("dialog");
}

async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function opened(browser: Browser, name: string, title: string): Promise<Page> {
  const page = await as(browser, name);
  await open(page, title);
  return page;
}

/** Writes on the field, a stroke across it and one down. */
async function write(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "手写" }).click();
  const pad = dialog.getByRole("img", { name: "手写区" });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("the field to write on has no place");
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  for (const [from, to] of [[at(0.2, 0.5), at(0.8, 0.5)], [at(0.5, 0.2), at(0.5, 0.8)]] as const) {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.mouse.up();
  }
  await expect(pad.locator("polyline")).toHaveCount(2);
}

/** Speaks for a second into what the browser takes for a microphone. */
async function speak(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "语音" }).click();
  await dialog.getByRole("button", { name: "开始录音" }).click();
  await dialog.getByRole("button", { name: "停止（1秒）" }).click();
  await expect(dialog.locator("audio")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "重新录音" })).toBeVisible();
}

/** Takes the sheet away; it must be a PDF under its own name. */
async function takeSheet(page: Page, name: string): Promise<void> {
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(new RegExp(`^${name}-.+\\.pdf$`));
  expect(readFileSync(await file.path(), "latin1").startsWith("%PDF-")).toBe(true);
}

/** 林岚 begins from the template of a letter, and is told of what she left open. */
async function draft(page: Page, title: string): Promise<void> {
  await page.goto("/documents/new");
  // The page begins anew with the choice: what is pressed after it would go to another field.
  await page.getByRole("combobox", { name: "起草方式" }).click();
  await page.keyboard.type("商洽函");
  await page.locator(OPTIONS).filter({ hasText: /^商洽函$/ }).click();
  await expect(page.getByLabel("标题")).toHaveValue(/关于商请〔待填：事项〕的函$/);
  await expect(page.locator(".ant-select-dropdown:visible")).toHaveCount(0);
  await sound(page);
  await page.getByLabel("标题").fill(title);
  await choose(page, "主送机关", "广东省财政厅", /^广东省财政厅/);
  await choose(page, "签发人", "何靖", /何靖/);
  await pick(page, "公开属性", "主动公开");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const dialog = await begin(page, "提交");
  await expect(dialog).toContainText("还有没有填写的“〔待填：事由〕”。");
  await dialog.getByRole("button", { name: "取消" }).click();
  await page.getByRole("button", { name: "修改文稿" }).click();
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("现商请贵厅安排防汛物资储备资金。");
  await page.getByLabel("附注").fill("联系人：林岚，电话：020-83130000");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await act(page, "提交");
}

async function issue(browser: Browser, title: string): Promise<Page> {
  const reviewer = await opened(browser, "陈卓", title);
  await act(reviewer, "核稿通过", "文字已核。");
  const head = await opened(browser, "何靖", title);
  const dialog = await begin(head, "签发");
  await dialog.getByRole("textbox").last().fill("");
  await write(head);
  await sound(head);
  await dialog.getByRole("button", { name: "签发", exact: true }).click();
  await expect(dialog).toBeHidden();
  const opinions = head.getByRole("region", { name: "意见" });
  await expect(opinions.getByRole("img", { name: /何靖的手写意见/ })).toBeVisible();
  await expect(opinions).toContainText("（手写意见）");
  await sound(head);
  await takeSheet(head, "发文稿纸");
  const clerk = await opened(browser, "周雯", title);
  await act(clerk, "编号");
  await act(clerk, "分发");
  return clerk;
}

test("a document is begun from a template, signed by hand, and handled by many", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const title = `广东省人民政府办公厅关于商请安排物资${String(Date.now())}的函`;
  const drafter = await as(browser, "林岚");
  await draft(drafter, title);
  const clerk = await issue(browser, title);

  // 补发 to a unit that was left out.
  await further(clerk, "补发");
  await choose(clerk, "补发到", "广东省教育厅", /^广东省教育厅/);
  await clerk.getByRole("dialog").getByRole("textbox").last().fill("漏列。");
  await confirm(clerk, "补发");
  await expect(clerk.getByText("0/2 已签收")).toBeVisible();

  // 财政厅: acknowledged, circulated, urged while its head has it.
  const finance = await opened(browser, "谭薇", title);
  await act(finance, "签收");
  await act(finance, "拟办", "拟请厅领导批示。");
  await standsAt(finance, "批示");
  await further(finance, "传阅");
  await choose(finance, "传阅对象", "方浩", /方浩/);
  await confirm(finance, "传阅");
  await expect(finance.getByText("1人未阅")).toBeVisible();
  await further(finance, "催办");
  await finance.getByRole("dialog").getByRole("textbox").last().fill("请今日批示。");
  await confirm(finance, "催办");
  await sound(finance);
  const reader = await as(browser, "方浩");
  await reader.goto(`/inbox?box=notices&q=${encodeURIComponent(title)}`);
  await reader.getByRole("link", { name: new RegExp(title) }).first().click();
  await act(reader, "已阅");
  await expect(finance.getByText("全部已阅")).toBeVisible();

  const leader = await opened(browser, "欧阳清", title);
  const dialog = await begin(leader, "批示");
  await dialog.getByRole("textbox").last().fill("");
  await write(leader);
  await speak(leader);
  await dialog.getByRole("button", { name: "批示", exact: true }).click();
  await expect(dialog).toBeHidden();
  const voice = leader.getByLabel(/欧阳清的语音意见/);
  await expect(voice).toBeVisible();
  const heard = await leader.request.get(await voice.getAttribute("src") ?? "");
  expect((await heard.body()).subarray(0, 4).toString("hex")).toBe("1a45dfa3");
  await standsAt(leader, "承办");
  await takeSheet(finance, "文件处理单");

  // What was acknowledged cannot be recalled any more, only corrected.
  await clerk.reload();
  await expect(clerk.getByRole("region", { name: "现在可办" }).getByRole("button", { name: "补发" }))
    .toBeVisible();
  await expect(clerk.getByText("撤回发文")).toHaveCount(0);

  // The desk counts what was sent, and shows what came.
  await clerk.goto(`/exchange?list=sent&q=${encodeURIComponent(title)}`);
  await expect(clerk.getByText("1/2 已签收")).toBeVisible();
  await sound(clerk);
  await finance.goto(`/exchange?q=${encodeURIComponent(title)}`);
  await expect(finance.getByRole("link", { name: new RegExp(title) })).toBeVisible();
  await sound(finance);

  // An answer begins with what it answers.
  await reader.reload();
  await reader.getByRole("link", { name: "起草答复" }).click();
  await expect(reader.getByLabel("标题")).toHaveValue(/^.*财政厅关于商请安排物资\d+的复函$/);
  await sound(reader);

  // Another like it begins with its head and text, of this year.
  await drafter.reload();
  await drafter.getByRole("link", { name: "参照此文起草" }).click();
  await expect(drafter.getByLabel("标题")).toHaveValue(title);
  await expect(drafter.getByRole("textbox", { name: "正文" })).toContainText("防汛物资储备资金");
});
