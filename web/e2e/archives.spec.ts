// What was filed is found, read, tested, lent; what is concluded and not filed is listed.
import { expect, type Page } from "@playwright/test";
import { as, sound, test } from "./people";

/** A 件 of the catalogue by its number, as other tests file more in between; where both widths
 * share a cell that was given, each takes another. */
async function openFirst(page: Page): Promise<void> {
  const number = test.info().project.name === "phone" ? "-0002" : "-0001";
  await page.goto(`/archives?q=${number}`);
  const first = page.getByRole("link", { name: new RegExp(`WS·.*${number}`) }).first();
  // The packet of what the demonstration filed is made as soon as its acts are signed.
  await expect(async () => {
    await page.reload();
    await expect(first).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await first.click();
  await expect(page.getByText("四性检测").first()).toBeVisible();
}

test("a packet is found, read, tested and lent", async ({ browser }) => {
  const clerk = await as(browser, "周雯");
  await openFirst(clerk);
  await sound(clerk);
  const tests = clerk.getByRole("region", { name: "四性检测" });
  await expect(tests).toContainText("归档时");
  await expect(tests).toContainText("真实性-1");
  await clerk.getByRole("button", { name: "查看：处理单" }).click();
  const sheet = clerk.getByRole("dialog", { name: "处理单" });
  await expect(sheet).toContainText("意见（按职务）");
  await sound(clerk);
  await clerk.keyboard.press("Escape");
  await clerk.getByRole("button", { name: "检测", exact: true }).click();
  await expect(tests).toContainText("保管中");
  await expect(tests).not.toContainText("不通过");
  // On paper it is the report, and of what it is.
  await clerk.emulateMedia({ media: "print" });
  await expect(tests.getByRole("cell", { name: /^真实性-1/ })).toBeVisible();
  await expect(clerk.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(clerk.getByRole("button", { name: "检测", exact: true })).toBeHidden();
  await expect(clerk.getByRole("region", { name: "件内文件" })).toBeHidden();
  await clerk.emulateMedia({ media: null });
  const address = new URL(clerk.url()).pathname;

  const reader = await as(browser, "林岚");
  await reader.goto(address);
  const again = reader.getByRole("button", { name: "申请借阅" });
  await again.click();
  const ask = reader.getByRole("dialog", { name: "申请借阅" });
  await ask.getByLabel("用途").fill("查对文号。");
  await ask.getByRole("button", { name: "申请借阅" }).click();
  await expect(reader.getByRole("region", { name: "借阅", exact: true })).toContainText("待批");

  await clerk.reload();
  await clerk.getByRole("button", { name: "准予借阅" }).click();
  const grant = clerk.getByRole("dialog", { name: "准予借阅" });
  await grant.getByRole("button", { name: "准予借阅" }).click();
  await expect(clerk.getByRole("region", { name: "借阅", exact: true })).toContainText("可查阅");
  await reader.reload();
  await expect(reader.getByRole("link", { name: /下载归档信息包/ })).toBeVisible();
  await reader.getByRole("button", { name: "查看：处理单" }).click();
  await expect(reader.getByRole("dialog", { name: "处理单" })).toContainText("办理经过");
});

test("a packet is opened to all with a reason, and kept back again", async ({ browser }) => {
  const clerk = await as(browser, "周雯");
  await openFirst(clerk);
  const address = new URL(clerk.url()).pathname;
  const say = async (button: string, label: string, text: string) => {
    const dialog = clerk.getByRole("dialog", { name: button });
    if (await dialog.count() === 0) {
      await clerk.getByRole("button", { name: button, exact: true }).click();
    }
    await dialog.getByLabel(label).fill(text);
    await dialog.getByRole("button", { name: button, exact: true }).click();
    return dialog;
  };
  const early = await say("开放", "理由（不满25年时必填）", "");
  await expect(early.getByRole("alert")).toContainText("提前开放须说明理由");
  await expect(early.getByRole("alert")).toContainText("《档案法》第二十七条");
  await say("开放", "理由（不满25年时必填）", "属于科技类档案。");
  await expect(clerk.getByRole("region", { name: "开放审核" })).toContainText("已开放");
  await sound(clerk);

  const other = await as(browser, "方浩");
  await other.goto("/archives?only=open");
  await other.locator("#main a[href*='/archives/']").first().click();
  await expect(other.getByRole("link", { name: /下载归档信息包/ })).toBeVisible();
  await expect(other.getByRole("button", { name: "申请借阅" })).toHaveCount(0);

  await say("延期开放", "理由", "涉及重大利益。");
  await expect(clerk.getByRole("region", { name: "开放审核" })).toContainText("延期开放");
  await other.goto(address);
  await expect(other.getByText("涉及重大利益")).toHaveCount(0);
  await expect(other.getByRole("link", { name: /下载归档信息包/ })).toHaveCount(0);
});

test("the catalogue is searched, and what is not filed is listed", async ({ browser }) => {
  const clerk = await as(browser, "周雯");
  await openFirst(clerk);
  await clerk.goto("/archives?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%80%E4%BB%B6");
  await expect(clerk.getByText("没有符合条件的件。")).toBeVisible();
  await clerk.getByRole("tab", { name: "未归档检查" }).click();
  await expect(clerk.locator("#main")).toContainText(/均已归档|应为空/);
  await sound(clerk);
  await clerk.getByRole("tab", { name: "销毁清册" }).click();
  await expect(clerk.getByText("没有提请销毁或已经销毁的件。")).toBeVisible();
  await sound(clerk);
  await clerk.getByRole("tab", { name: "全宗号" }).click();
  await expect(clerk.getByLabel("全宗号", { exact: true }).first()).toBeVisible();
  await sound(clerk);
});
