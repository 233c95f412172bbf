// What two administrators do about editions and running matters: 换版, 回退, 不予确认, 跳转, 移交.
import { type Browser, expect, type Page } from "@playwright/test";
import { choose, flowOf, OPTIONS, write } from "./acts";
import { as, sound, test } from "./people";

/** Begins a matter that stays open, as the page's own call does; gives its key. */
async function begin(page: Page, code: string, fields: Record<string, unknown>): Promise<string> {
  return page.evaluate(async (asked) => {
    const act_id = crypto.randomUUID().replaceAll("-", "");
    const answer = await fetch("/api/works", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        act_id, as_post: "440000-11.ng", code: asked.code, fields: asked.fields,
        submit: true, opinion: "",
      }),
    });
    const told = await answer.json() as { id?: string };
    if (told.id === undefined) throw new Error(JSON.stringify(told));
    return told.id;
  }, { code, fields });
}

const stationery = {
  领用用途: "会议用纸", 物品名称: "复印纸", 领用数量: 5, 超出定额: false,
};
const repair = {
  事由: "维修", 金额: 100, 类别: "维修", 经费来源: "公用经费", 用途说明: "维修门窗。",
};

/** Proposes the process's text as the next edition; gives its number. */
async function propose(page: Page, code: string): Promise<number> {
  await page.goto(`/processes/${code}/edit`);
  const flow = await flowOf(page, code);
  const listed = await page.evaluate(async (of) => {
    const view = await (await fetch(`/api/processes/${of}`)).json() as
      { editions: { version: number }[] };
    return Math.max(...view.editions.map((edition) => edition.version));
  }, code);
  const version = listed + 1;
  await write(page, flow.replace(/ v\d+ in /, ` v${String(version)} in `));
  await expect(page.getByText("文本可读，没有发现问题。")).toBeVisible();
  await page.getByRole("button", { name: "提请发布" }).click();
  await why(page, "提请发布", "试改一版。");
  return version;
}

async function why(page: Page, button: string, reason: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "理由" }).fill(reason);
  await dialog.getByRole("button", { name: button }).click();
  await expect(dialog).toBeHidden();
}

async function two(browser: Browser): Promise<[Page, Page]> {
  return [await as(browser, "石磊"), await as(browser, "殷璇")];
}

test("running matters go over to a new edition, as two administrators agree", async ({ browser }) => {
  const drafter = await as(browser, "方浩");
  const id = await begin(drafter, "hq16", stationery);
  const [system, security] = await two(browser);
  const version = await propose(system, "hq16");
  await security.goto("/processes/hq16");
  await security.getByRole("button", { name: "确认发布" }).click();
  await expect(security.locator(".facts")).toContainText(`第${String(version)}版`);

  await drafter.goto(`/works/${id}`);
  await expect(drafter.locator(".facts")).toContainText(`第${String(version - 1)}版`);

  await system.goto("/processes/hq16");
  await system.getByRole("link", { name: "在办换版" }).click();
  await expect(system.getByRole("heading", { level: 1, name: "办公用品领用在办换版" })).toBeVisible();
  await sound(system);
  const edition = system.getByRole("region", { name: `第${String(version - 1)}版：在办` });
  await edition.getByRole("button", { name: "预览换版" }).click();
  await expect(edition.getByText("发放用品 → 发放用品").first()).toBeVisible();
  await edition.getByRole("checkbox", { name: /^全选/ }).check();
  await sound(system);
  await edition.getByRole("button", { name: /^提请换版\d+件/ }).click();
  await why(system, "提请换版", "新制度即日起施行。");
  const asked = system.getByRole("region", { name: /待另一位管理员确认/ });
  await expect(asked).toBeVisible();
  await asked.getByRole("button", { name: "确认换版" }).click();
  await expect(asked.getByText("提请换版的人不能自己确认。")).toBeVisible();

  await security.goto("/processes/hq16/running");
  await security.getByRole("button", { name: "确认换版" }).click();
  const last = security.getByRole("region", { name: "最近一次换版" });
  await expect(last).toContainText("未换0件");
  await sound(security);

  await drafter.reload();
  await expect(drafter.locator(".facts")).toContainText(`第${String(version)}版`);
  await expect(drafter.locator(".timeline")).toContainText("换版");
  await expect(drafter.locator(".opinions")).toContainText("新制度即日起施行。");
  await sound(drafter);
});

test("an edition is not confirmed, and an old one comes back into use", async ({ browser }) => {
  const [system, security] = await two(browser);
  const version = await propose(system, "cw06");
  await security.goto("/processes/cw06");
  const proposal = security.getByRole("region", { name: `第${String(version)}版待另一位管理员确认` });
  await proposal.getByRole("button", { name: "不予确认" }).click();
  await why(security, "不予确认", "依据没有写全。");
  await expect(proposal).toBeHidden();
  await expect(security.locator(".facts")).toContainText("第1版");

  const next = await propose(system, "cw06");
  await security.reload();
  await security.getByRole("button", { name: "确认发布" }).click();
  await expect(security.locator(".facts")).toContainText(`第${String(next)}版`);
  await system.goto("/processes/cw06");
  await system.getByRole("tab", { name: "版本" }).click();
  await system.locator(".sessions li").filter({ hasText: "第1版" })
    .getByRole("button", { name: "回退到此版" }).click();
  await why(system, "回退到此版", "新版有误。");
  await sound(system);
  await security.reload();
  await security.getByRole("button", { name: "确认发布" }).click();
  await expect(security.locator(".facts")).toContainText("第1版");
});

/** Opens the menu of the newest matter at a step of the monitor. */
async function menu(page: Page, step: string, id: string, item: string): Promise<void> {
  await page.goto("/monitor");
  const row = page.getByRole("row", { name: /经费支出审批/ });
  await row.getByRole("button", { name: `查看${step}` }).click();
  const line = page.locator(`.lines li[data-matter="${id}"]`);
  await line.getByRole("button", { name: "操作" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function sure(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function jump(page: Page, id: string): Promise<void> {
  await menu(page, "分管负责人审批", id, "跳转");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").click();
  await page.locator(OPTIONS).filter({ hasText: "财务审核" }).click();
  await dialog.getByRole("textbox", { name: "理由" }).fill("分管负责人出差。");
  await sound(page);
  await sure(page, "跳转");
}

test("a jump takes two, may be refused, and a leaver's tickets are handed over", async ({ browser }) => {
  const drafter = await as(browser, "方浩");
  const id = await begin(drafter, "cw14", repair);
  const [system, security] = await two(browser);
  await jump(system, id);
  await menu(security, "分管负责人审批", id, "不予跳转");
  await sure(security, "不予跳转");

  await menu(system, "分管负责人审批", id, "移交");
  const dialog = system.getByRole("dialog");
  await choose(system, "移入岗位", "欧阳清", /欧阳清/);
  await dialog.getByRole("textbox", { name: "理由" }).fill("原负责人调离。");
  await sure(system, "移交");
  await drafter.goto(`/works/${id}`);
  await expect(drafter.locator("[aria-current=step]")).toContainText("欧阳清");

  await jump(system, id);
  await menu(security, "分管负责人审批", id, "确认跳转");
  await sure(security, "确认跳转");
  await drafter.reload();
  await expect(drafter.locator("[aria-current=step]")).toContainText("财务审核");
  await expect(drafter.getByText("分管负责人出差。")).toBeVisible();
  await sound(drafter);
});
