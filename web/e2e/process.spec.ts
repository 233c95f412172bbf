// A process of the catalogue from its page to the archive, as its officials handle it.
import { expect, type Page, test } from "@playwright/test";
import { as, sound } from "./people";

const OPEN = ".ant-select-dropdown:not(.ant-select-dropdown-hidden)";

async function act(page: Page, button: string): Promise<void> {
  const actions = page.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** Opens a matter from the inbox by its title. */
async function open(page: Page, title: string): Promise<void> {
  await page.goto(`/inbox?q=${encodeURIComponent(title)}`);
  await page.getByRole("link", { name: new RegExp(title) }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("a process is found, read, started, handled and archived", async ({ browser }) => {
  const title = `采购会议设备${String(Date.now())}`;

  const drafter = await as(browser, "方浩");
  await drafter.goto("/workbench");
  await drafter.getByRole("link", { name: /流程目录/ }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: "流程目录" })).toBeVisible();
  await expect(drafter.locator(".matters li")).toHaveCount(50);
  await sound(drafter);
  await drafter.getByRole("searchbox", { name: "流程名称或代码" }).fill("cw14");
  await drafter.getByRole("searchbox", { name: "流程名称或代码" }).press("Enter");
  const line = drafter.getByRole("link", { name: /经费支出审批/ });
  await expect(line).toContainText("3个工作日");
  await expect(line).toContainText("10年");
  await line.click();
  await expect(drafter.getByRole("heading", { level: 1, name: "经费支出审批" })).toBeVisible();
  await expect(drafter.getByRole("region", { name: "环节" })).toContainText("分管负责人");
  await sound(drafter);
  await drafter.getByRole("tab", { name: "流程文本" }).click();
  await expect(drafter.locator("pre.flow")).toContainText("process cw14");
  await sound(drafter);

  await drafter.getByRole("button", { name: "发起" }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: "发起经费支出审批" })).toBeVisible();
  await sound(drafter);
  await drafter.getByRole("button", { name: "提交", exact: true }).click();
  await expect(drafter.getByText("请填写此项。").first()).toBeVisible();
  await sound(drafter);
  await drafter.getByLabel("事由").fill(title);
  await drafter.getByLabel("金额").fill("1280.5");
  await drafter.getByRole("combobox", { name: "类别" }).click();
  await drafter.locator(`${OPEN} .ant-select-item-option`).filter({ hasText: "会议" }).click();
  await drafter.getByLabel("经费来源").fill("公用经费");
  await drafter.getByLabel("用途说明").fill("更换会议室设备。");
  await drafter.getByRole("button", { name: "提交", exact: true }).click();
  await expect(drafter.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(drafter.getByText("1,280.50元")).toBeVisible();
  await sound(drafter);
  if (await drafter.getByRole("button", { name: "同意", exact: true }).isVisible()) {
    await act(drafter, "同意");
  }
  await expect(drafter.locator("[aria-current=step]")).toContainText("分管负责人审批");

  const head = await as(browser, "欧阳清");
  await open(head, title);
  await act(head, "同意");
  await expect(head.locator("[aria-current=step]")).toContainText("财务审核");

  const reviewer = await as(browser, "彭莉");
  await open(reviewer, title);
  const actions = reviewer.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: "同意", exact: true }).click();
  const dialog = reviewer.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "审核意见" }).fill("票据齐全。");
  await dialog.getByLabel("核定金额").fill("1280.50");
  await sound(reviewer);
  await dialog.getByRole("button", { name: "同意", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(reviewer.getByText("已办结").first()).toBeVisible();
  await expect(reviewer.locator(".facts")).toContainText("10年");
  await reviewer.getByRole("tab", { name: "归档" }).click();
  await expect(reviewer.getByRole("link", { name: "下载归档包" })).toBeVisible();
  await sound(reviewer);
});
