// What one does beside approving: 加签 and 减签, 催办, 撤回, 延期, 阅知, and the files of a form.
import { readFileSync } from "node:fs";
import { type Browser, expect, type Page } from "@playwright/test";
import { act, choose, open, pick, standsAt } from "./acts";
import { as, sound, test } from "./people";

const NOTE = "采购依据：年度计划第三项。\n";

/** What stands in the menu of further actions; gives the dialog that it opens. */
async function further(page: Page, button: string) {
  const actions = page.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Signs in and opens what waits for this person. */
async function opened(browser: Browser, name: string, title: string): Promise<Page> {
  const page = await as(browser, name);
  await open(page, title);
  return page;
}

/** 方浩 asks for an expenditure, with a file beside it. */
async function spend(browser: Browser, title: string): Promise<Page> {
  const page = await as(browser, "方浩");
  await page.goto("/processes/cw14/start");
  await page.getByLabel("事由").fill(title);
  await page.getByLabel("金额").fill("300");
  await pick(page, "类别", "办公");
  await page.getByLabel("经费来源").fill("公用经费");
  await page.getByLabel("用途说明").fill("更换文件柜。");
  const file = { name: "采购依据.txt", mimeType: "text/plain", buffer: Buffer.from(NOTE) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("采购依据.txt")).toBeVisible();
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return page;
}

test("signers are added and taken away, the slow are urged, and a sent paper comes back", async ({
  browser,
}) => {
  test.slow();
  const title = `更换文件柜${String(Date.now())}`;
  const drafter = await spend(browser, title);
  await standsAt(drafter, "分管负责人审批");
  await further(drafter, "催办");
  await sound(drafter);
  await drafter.getByRole("dialog").getByRole("textbox").fill("请今日办理。");
  await confirm(drafter, "催办");
  await expect(drafter.locator(".timeline")).toContainText("催办");

  const head = await as(browser, "徐景行");
  await head.goto("/messages");
  await expect(head.locator(".message").filter({ hasText: title })).toContainText("请今日办理。");
  await open(head, title);

  const saved = head.waitForEvent("download");
  await head.getByRole("region", { name: "表单" }).getByRole("link", { name: "采购依据.txt" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("采购依据.txt");
  expect(readFileSync(await file.path(), "utf8")).toBe(NOTE);

  await further(head, "并加签");
  await choose(head, "岗位", "谭薇", /谭薇/);
  await confirm(head, "并加签");
  await expect(head.locator("[aria-current=step]")).toContainText("谭薇");
  const dialog = await further(head, "减签");
  await expect(dialog).toContainText("谭薇");
  await sound(head);
  await confirm(head, "减签");
  await expect(head.locator("[aria-current=step]")).not.toContainText("谭薇");
  await expect(head.locator(".timeline")).toContainText("减签");

  await act(head, "同意");
  await standsAt(head, "财务审核");
  await act(head, "撤回");
  await standsAt(head, "分管负责人审批");
  await expect(head.locator(".timeline")).toContainText("撤回");
  await sound(head);
  await act(head, "同意");

  const reviewer = await opened(browser, "彭莉", title);
  await reviewer.getByRole("region", { name: "现在可办" })
    .getByRole("button", { name: "同意", exact: true }).click();
  await reviewer.getByRole("textbox", { name: "审核意见" }).fill("票据齐全。");
  await reviewer.getByRole("dialog").getByLabel("核定金额").fill("300");
  await confirm(reviewer, "同意");

  const told = await as(browser, "欧阳清");
  await told.goto(`/inbox?box=notices&q=${encodeURIComponent(title)}`);
  await told.getByRole("link", { name: new RegExp(title) }).click();
  await act(told, "阅知");
  await expect(told.getByRole("region", { name: "现在可办" })
    .getByRole("button", { name: "阅知" })).toBeHidden();
  await told.getByRole("tab", { name: "传阅" }).click();
  await expect(told.getByRole("tabpanel").getByText("已阅")).toBeVisible();
  await sound(told);
});

/** The day of the limit of the step in hand. */
async function due(page: Page): Promise<string> {
  const text = await page.locator("[aria-current=step]").innerText();
  return /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? "";
}

/** 谭薇 repairs what 方浩 reported, and needs more time. */
async function asksForTime(browser: Browser): Promise<Page> {
  const title = `打印机卡纸${String(Date.now())}`;
  const drafter = await as(browser, "方浩");
  await drafter.goto("/processes/hq19/start");
  await drafter.getByLabel("故障描述").fill(title);
  await pick(drafter, "设备类别", "打印机");
  await drafter.getByLabel("地点").fill("文印室");
  await drafter.getByLabel("联系电话").fill("13700003333");
  await drafter.getByRole("radiogroup", { name: "紧急" }).getByText("否", { exact: true }).click();
  await drafter.getByRole("button", { name: "提交", exact: true }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: title })).toBeVisible();

  const clerk = await opened(browser, "谭薇", title);
  await act(clerk, "认领");
  await clerk.getByRole("region", { name: "现在可办" })
    .getByRole("button", { name: "同意", exact: true }).click();
  await clerk.getByRole("textbox", { name: "故障判断" }).fill("定影组件老化");
  await confirm(clerk, "同意");
  await standsAt(clerk, "维修");
  return clerk;
}

for (const answer of ["同意延期", "不同意延期"]) {
  test(`more time is asked for once, and the answer is ${answer}`, async ({ browser }) => {
    const clerk = await asksForTime(browser);
    const before = await due(clerk);
    expect(before).not.toBe("");
    await expect(clerk.getByText(/已申请过延期/)).toHaveCount(0);
    const asked = await further(clerk, "申请延期");
    await expect(asked).toContainText("每个环节只能申请一次延期");
    await asked.getByRole("textbox", { name: "理由" }).fill("等待配件。");
    await confirm(clerk, "申请延期");
    await expect(clerk.locator(".opinions")).toContainText("等待配件。");

    await expect(clerk.locator(".opinion").filter({ hasText: "等待配件。" }).locator(".tag"))
      .toHaveText("申请延期");
    await expect(clerk.getByText("“维修”已申请过延期，不能再次申请")).toBeVisible();

    const leader = await as(browser, "徐景行");
    await leader.goto(new URL(clerk.url()).pathname);
    await leader.getByRole("button", { name: "答复延期" }).click();
    await leader.getByRole("radio", { name: answer, exact: true }).check();
    await sound(leader);
    await confirm(leader, "答复延期");
    await expect(clerk.locator(".opinions")).toContainText(`${answer}。`);
    if (answer === "同意延期") {
      await expect(async () => { expect(await due(clerk) > before).toBe(true); }).toPass();
    } else {
      expect(await due(clerk)).toBe(before);
    }
    await clerk.getByRole("button", { name: "更多操作" }).click();
    await expect(clerk.getByRole("menuitem", { name: "转办" })).toBeVisible();
    await expect(clerk.getByRole("menuitem", { name: "申请延期" })).toHaveCount(0);
    await clerk.keyboard.press("Escape");
    await sound(clerk);
  });
}
