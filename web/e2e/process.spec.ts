// A process of the catalogue from its page to the archive, as its officials handle it.
import { expect, type Page } from "@playwright/test";
import { flowOf } from "./acts";
import { as, sound, test } from "./people";

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

  const head = await as(browser, "徐景行");
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

/** Begins a matter that stays open, as the page's own call does. */
async function begin(page: Page): Promise<void> {
  const told = await page.evaluate(async () => {
    const fields = {
      事由: "维修", 金额: 100, 类别: "维修", 经费来源: "公用经费", 用途说明: "维修门窗。",
    };
    const act_id = crypto.randomUUID().replaceAll("-", "");
    const answer = await fetch("/api/works", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        act_id, as_post: "440000-11.ng", code: "cw14", fields, submit: true, opinion: "",
      }),
    });
    return answer.status;
  });
  expect(told).toBe(200);
}

test("two administrators release an edition, and watch what runs", async ({ browser }) => {
  await begin(await as(browser, "方浩"));
  const system = await as(browser, "石磊");
  await system.goto("/processes/cw01/edit");
  const text = system.getByRole("textbox", { name: "流程文本" });
  await expect(text).toBeVisible();
  const flow = await flowOf(system, "cw01");
  const version = Number(/ v(\d+) in /.exec(flow)?.[1]) + 1;
  await text.fill(flow.replace("\nend", "\nnonsense\nend"));
  await expect(system.getByText(/流程文本第\d+行第\d+列/).first()).toBeVisible();
  await sound(system);
  await text.fill(flow.replace(/ v\d+ in /, ` v${String(version)} in `));
  await expect(system.getByText("文本可读，没有发现问题。")).toBeVisible();
  await sound(system);
  await system.getByRole("button", { name: "提请发布" }).click();
  const dialog = system.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "理由" }).fill("试改一版。");
  await dialog.getByRole("button", { name: "提请发布" }).click();
  const proposal = `第${String(version)}版待另一位管理员确认`;
  await expect(system.getByRole("region", { name: proposal })).toBeVisible();
  await sound(system);

  const security = await as(browser, "殷璇");
  await security.goto("/processes/cw01");
  await security.getByRole("button", { name: "确认发布" }).click();
  await expect(security.getByRole("region", { name: proposal })).toBeHidden();
  await expect(security.locator(".facts")).toContainText(`第${String(version)}版`);

  await system.goto("/monitor");
  await system.getByRole("button", { name: "查看分管负责人审批" }).click();
  await sound(system);
  await system.getByRole("button", { name: "操作" }).first().click();
  await system.getByRole("menuitem", { name: "挂起" }).click();
  const asked = system.getByRole("dialog");
  await asked.getByRole("textbox", { name: "理由" }).fill("核实情况。");
  await expect(asked.getByRole("button", { name: "挂起" })).toBeDisabled();
  await asked.getByRole("checkbox").check();
  await asked.getByRole("button", { name: "挂起" }).click();
  await expect(asked).toBeHidden();

  await system.getByRole("button", { name: "操作" }).first().click();
  await system.getByRole("menuitem", { name: "恢复" }).click();
  await asked.getByRole("checkbox").check();
  await asked.getByRole("button", { name: "恢复" }).click();
  await expect(asked).toBeHidden();
});
