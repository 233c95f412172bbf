// Every page at both widths: it has its heading, axe finds nothing, nothing scrolls sideways.
import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { as, sound, test, watch } from "./people";

test("the sign-in page marks the demonstration", async ({ page }) => {
  watch(page);
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "登录", exact: true })).toBeVisible();
  await expect(page.getByText("演示环境")).toBeVisible();
  await sound(page);
});

test("whoever has no part yet is found by unit and post, and let in", async ({ page }) => {
  watch(page);
  await page.goto("/login");
  const box = page.getByRole("searchbox", { name: "找其他演示人员" });
  await box.fill("查无此人");
  await expect(page.getByText("没有相符的演示人员")).toBeVisible();
  await sound(page);
  await box.fill("江门市财政局 拟稿人");
  const found = page.getByRole("button", { name: /江门市财政局 拟稿人/ });
  await expect(found).toHaveCount(1);
  await sound(page);
  await box.press("Tab");
  await expect(found).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "待办", level: 1 })).toBeVisible();
  await sound(page);
});

test("the parts are sound", async ({ page }) => {
  watch(page);
  await page.goto("/dev/ui");
  await expect(page.getByRole("heading", { name: "界面部件" })).toBeVisible();
  await sound(page);
});

const pages: [string, string][] = [
  ["/inbox", "待办"],
  ["/inbox?box=drafted", "待办"],
  ["/messages", "消息"],
  ["/workbench", "工作台"],
  ["/contacts", "通讯录"],
  ["/documents/new", "起草公文"],
  ["/sessions", "我的会话"],
  ["/nowhere", "没有这个页面"],
];

test("a drafter's pages are sound", async ({ browser }) => {
  const page = await as(browser, "林岚");
  for (const [path, heading] of pages) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await expect(page.locator(".waiting")).toHaveCount(0);
    await sound(page);
  }
});

test("the numbers of a unit are sound, a voided one among them", async ({ browser }) => {
  const page = await as(browser, "周雯");
  await page.goto("/numbers");
  const voided = page.getByRole("deletion").first();
  await expect(voided).toBeVisible();
  await expect(page.getByRole("link", { name: /关于.+的通知/ }).first()).toBeVisible();
  // Neither numbers nor moments take two lines.
  const lines = await page.locator("main .whole, main time").evaluateAll((all) =>
    all.map((one) => one.getClientRects().length));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((rows) => rows > 1)).toEqual([]);
  await sound(page);
  await page.getByRole("link", { name: /关于.+的通知/ }).first().click();
  await expect(page.locator(".facts")).toContainText(/〔\d{4}〕\d+号/);
});

test("the demonstration needs no setup and says so", async ({ page }) => {
  watch(page);
  await page.goto("/setup");
  await expect(page.getByText("本节点已经启用。")).toBeVisible();
  await sound(page);
});

test("the four boards are one press away", async ({ browser }) => {
  const page = await as(browser, "林岚");
  const boards = page.getByRole("navigation", { name: "四大板块" });
  for (const name of ["消息", "工作台", "通讯录", "待办"]) {
    await boards.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  }
  await expect(boards).toMatchAriaSnapshot(`
    - navigation "四大板块":
      - link "消息"
      - link "待办"
      - link "工作台"
      - link "通讯录"
  `);
});

const beginnings: [string, string][] = [
  ["石磊", "管理"], ["殷璇", "管理"], ["贺谨", "办理日志"], ["林岚", "待办"],
];

test("everyone begins where his work is", async ({ browser }) => {
  for (const [name, heading] of beginnings) {
    const page = await as(browser, name);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await sound(page);
    await page.goto("/contacts");
    await page.getByRole("link", { name: /^岭南/ }).click();
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
  }
});

test("a page that was asked for before signing in is shown after it", async ({ page }) => {
  watch(page);
  await page.goto("/processes/cw14");
  await page.getByRole("button", { name: /^石磊 / }).click();
  await expect(page).toHaveURL(/\/processes\/cw14$/);
  await expect(page.getByRole("heading", { name: "经费支出审批", level: 1 })).toBeVisible();
});

test("people are found by the initials of their pinyin", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/contacts");
  await page.getByLabel("查找").fill("hq");
  await page.getByRole("button", { name: /黄淇/ }).click();
  await expect(page.getByRole("region", { name: /江门市/ })).toContainText("黄淇");
  await sound(page);
});

test("the audit administrator reads the journal and takes a proof", async ({ browser }) => {
  const page = await as(browser, "贺谨");
  await page.goto("/journal");
  await page.getByRole("button", { name: /^证明 / }).last().click();
  await expect(page.getByRole("dialog")).toContainText("c2sp.org/tlog-proof");
  await page.getByRole("button", { name: "关闭" }).click();
  await sound(page);
});

test("the audit administrator narrows the journal to one command and one unit", async ({
  browser,
}) => {
  const page = await as(browser, "贺谨");
  await page.goto("/journal?command=documents.number");
  const rows = page.locator(".ant-table-tbody .ant-table-row");
  await expect(rows.first()).toContainText("编号");
  await expect(rows.filter({ hasText: "核稿" })).toHaveCount(0);
  await page.goto("/journal");
  await page.getByRole("combobox", { name: "机构" }).click();
  await page.keyboard.type("省财政厅");
  await page.locator(".ant-select-item-option").filter({ hasText: /^广东省财政厅|^省财政厅/ })
    .first().click();
  await expect(page).toHaveURL(/unit=440000-11/);
  await sound(page);
});

test("a list is taken away as a table", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/inbox?box=drafted");
  await expect(page.locator(".matters li").first()).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出CSV" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe("我起草的.csv");
  const text = readFileSync(await file.path(), "utf8");
  const lines = text.trim().split("\r\n");
  expect(lines[0]).toContain("紧急程度,类别,标题,环节");
  expect(lines.length).toBeGreaterThan(30);
});

test("nobody but the audit administrator reads the journal", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/journal");
  await expect(page.getByRole("alert")).toBeVisible();
});
