// The designer: a process is drawn, its text drawn while written, its form designed, its editions
// compared, its drawing taken away and brought back, its limits tried at moments of one's choice.
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { act, flowOf, open, OPTIONS, unfold, write } from "./acts";
import { as, sound, test } from "./people";

/** A drawing that is there: the canvas holds the shape of this element. */
async function drawn(page: Page, element: string): Promise<void> {
  await expect(page.locator(`.drawing [data-element-id="${element}"]`).first()).toBeVisible();
}

async function downloaded(page: Page, button: string) {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const file = await saved;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** The form in use with one choice more, as the text editor would hold it. */
async function formOf(page: Page, code: string, name: string, options: string[]) {
  const form = await page.evaluate(async (of) => {
    const view = await (await fetch(`/api/processes/${of}`)).json() as {
      form: { properties: Record<string, unknown>; "x-layout"?: { rows: string[][] }[] };
    };
    return view.form;
  }, code);
  form.properties[name] = { type: "string", enum: options };
  form["x-layout"]?.at(-1)?.rows.push([name]);
  return JSON.stringify(form, undefined, 2);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.locator(OPTIONS).filter({ hasText: option }).first().click();
}

test("a process is drawn on its page, and its drawing taken away", async ({ browser }) => {
  const page = await as(browser, "方浩");
  await page.goto("/processes/cw14");
  await drawn(page, "manager");
  const block = page.getByRole("region", { name: "流程图" });
  await expect(block.getByRole("img", { name: "经费支出审批流程图" })).toBeVisible();
  await expect(block.locator(".bjs-powered-by")).toBeVisible();
  for (const name of ["放大", "缩小", "向左看", "向右看", "向上看", "向下看", "全图"]) {
    await block.getByRole("button", { name }).click();
  }
  await sound(page);
  const bpmn = await downloaded(page, "下载 BPMN");
  expect(bpmn.name).toBe("经费支出审批.bpmn");
  expect(readFileSync(bpmn.path, "utf8")).toContain("BPMNShape");
  const svg = await downloaded(page, "下载 SVG 图");
  expect(readFileSync(svg.path, "utf8")).toContain("分管负责人审批");
  await page.screenshot({ path: test.info().outputPath("process.png"), fullPage: true });
});

test("a long condition is shortened in the drawing, and whole once it is chosen", async ({
  browser,
}) => {
  const page = await as(browser, "方浩");
  await page.goto("/processes/cj04");
  const label = page.locator(".drawing .djs-shape").filter({ hasText: "form.代表到会人数 * 3" });
  await expect(label.locator("title").first()).toContainText("form.应到代表人数 * 2 and");
  await expect(label.locator("text").first()).toContainText("…");
  await expect(label.locator("text").first()).not.toContainText(" and ");
  const told = page.locator(".drawing").getByRole("status");
  const condition = "form.代表到会人数 * 3 >= form.应到代表人数 * 2 and "
    + "form.代表赞成人数 * 3 >= form.代表到会人数 * 2";
  await page.locator(".drawing summary").press("Enter");
  await page.getByRole("button", { name: `not(${condition})` }).press("Enter");
  await expect(told).toContainText(`not(${condition})`);
  await page.getByRole("button", { name: `到“决议公开”：${condition}` }).press("Enter");
  await expect(told).toHaveText(`到“决议公开”：${condition}`);
  await expect(page.locator(".djs-connection.is-chosen .djs-visual > path"))
    .toHaveCSS("stroke-width", "4px");
  const press = (element: string) => {
    const place = page.locator(`.djs-shape[data-element-id="${element}"] .djs-hit`).first();
    return test.info().project.name === "phone" ? place.tap() : place.click();
  };
  await press("choose");
  await expect(told).toContainText("这里显示完整条件");
  await press("choose_to_first_notice_label");
  await expect(told).toHaveText(`到“决议公开”：${condition}`);
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("condition.png"), fullPage: true });

  const bpmn = await downloaded(page, "下载 BPMN");
  expect(readFileSync(bpmn.path, "utf8")).not.toContain("…");
  const svg = await downloaded(page, "下载 SVG 图");
  expect(readFileSync(svg.path, "utf8")).not.toContain("…");
  await expect(label.locator("text").first()).toContainText("…");
});

test("a matter's drawing shows what is done, in hand, passed by and ahead", async ({ browser }) => {
  const title = `流程图试办${String(Date.now())}`;
  const page = await as(browser, "方浩");
  const id = await page.evaluate(async (called) => {
    const fields = {
      事由: called, 金额: 100, 类别: "维修", 经费来源: "公用经费", 用途说明: "维修门窗。",
    };
    const answer = await fetch("/api/works", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        act_id: crypto.randomUUID().replaceAll("-", ""), as_post: "440000-11.ng", code: "cw14",
        fields, submit: true, opinion: "",
      }),
    });
    return (await answer.json() as { id: string }).id;
  }, title);
  const address = `/works/${encodeURIComponent(id)}`;
  await page.goto(address);
  await drawn(page, "manager");
  await expect(page.locator(".djs-element.is-active[data-element-id=manager]")).toBeVisible();
  const legend = page.getByRole("list", { name: "图例" });
  await expect(legend).toContainText("在办");
  await expect(legend).toContainText("未到");
  await sound(page);

  const head = await as(browser, "徐景行");
  await open(head, title);
  await act(head, "同意");
  const reviewer = await as(browser, "彭莉");
  await open(reviewer, title);
  const actions = reviewer.getByRole("region", { name: "现在可办" });
  await actions.getByRole("button", { name: "同意", exact: true }).click();
  const dialog = reviewer.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "审核意见" }).fill("票据齐全。");
  await dialog.getByLabel("核定金额").fill("100");
  await dialog.getByRole("button", { name: "同意", exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.goto(address);
  await drawn(page, "manager");
  await expect(page.locator(".djs-element.is-done[data-element-id=manager]")).toBeVisible();
  await expect(page.locator(".djs-element.is-not_taken[data-element-id=head]")).toHaveCount(1);
  await expect(legend).toContainText("未经过");
  await expect(legend).not.toContainText("未到");
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("work.png"), fullPage: true });
});

test("the drawing follows the text, and mistakes and steps lead to their lines", async ({
  browser,
}) => {
  const page = await as(browser, "石磊");
  await page.goto("/processes/cw14/edit");
  await unfold(page, "流程图");
  await drawn(page, "manager");
  await sound(page);
  const flow = await flowOf(page, "cw14");
  await write(page, flow.replace("\nany account", '\nstep extra "复核" by head\nany account'));
  await drawn(page, "extra");
  await expect(page.getByText("文本可读，没有发现问题。")).toBeVisible();

  await write(page, flow.replace("\nany account", "\nnonsense\nany account"));
  await expect(page.getByText("流程文本有错，这是改错之前的图。")).toBeVisible();
  await drawn(page, "extra");
  await expect(page.locator(".cm-lint-marker-error").first()).toBeVisible();
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("mistake.png"), fullPage: true });
  const wrong = flow.split("\n").findIndex((line) => line.startsWith("any account")) + 1;
  const mistake = page.getByRole("button", { name: `流程文本第${String(wrong)}行` });
  await mistake.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".cm-activeLine")).toHaveText("nonsense");

  await write(page, flow);
  await expect(page.getByText("文本可读，没有发现问题。")).toBeVisible();
  await page.locator('.drawing [data-element-id="manager"]').first().click();
  await expect(page.locator(".cm-activeLine")).toContainText("step manager");
  await expect(page.locator(".djs-element.is-chosen[data-element-id=manager]")).toBeVisible();
  // A long line is several rows on a phone.
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(page.locator(".djs-element.is-chosen[data-element-id=account]"))
      .toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test("a phone folds the editor's sections, and a step in the drawing opens the text", async ({
  browser,
}) => {
  const page = await as(browser, "石磊");
  await page.goto("/processes/cw14/edit");
  const text = page.getByRole("textbox", { name: "流程文本" });
  await expect(text).toBeVisible();
  const folds = page.getByRole("heading", { level: 2 }).getByRole("button");
  if (test.info().project.name === "desk") {
    await expect(folds).toHaveCount(0);
    await expect(page.getByRole("textbox", { name: "试办场景" })).toBeVisible();
    return;
  }
  await expect(folds).toHaveText(["流程文本", "流程图", "表单设计", "试办"]);
  await expect(page.locator(".drawing")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "增加字段" })).toBeHidden();
  await expect(page.getByRole("textbox", { name: "试办场景" })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1_500);
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("folded.png"), fullPage: true });

  await write(page, (await flowOf(page, "cw14")).replace("\nany account", "\nnonsense\nany account"));
  await folds.first().click();
  await expect(text).toBeHidden();
  await expect(page.getByRole("region", { name: "流程文本" })).toContainText("1处要改");
  await sound(page);
  await folds.first().press("Enter");
  await write(page, await flowOf(page, "cw14"));
  await folds.nth(1).click();
  await drawn(page, "manager");
  await folds.first().click();
  await page.locator('.drawing [data-element-id="manager"]').first().click();
  await expect(page.locator(".cm-activeLine")).toContainText("step manager");
});

test("a drawing that is brought back gives the same text, and a strange file is told of", async ({
  browser,
}) => {
  const page = await as(browser, "石磊");
  await page.goto("/processes/cw14/edit");
  await unfold(page, "流程图");
  await drawn(page, "manager");
  const { path } = await downloaded(page, "下载 BPMN");
  const flow = await flowOf(page, "cw14");
  await write(page, "# 清空\n");
  const input = page.locator("input[type=file]");
  await input.setInputFiles({
    name: "cw14.bpmn", mimeType: "application/xml", buffer: readFileSync(path),
  });
  const dialog = page.getByRole("dialog", { name: "导入结果" });
  await expect(dialog).toContainText("文本已原样读入");
  await sound(page);
  await dialog.getByRole("button", { name: "知道了" }).click();
  await expect(page.getByText("文本可读，没有发现问题。")).toBeVisible();
  await page.getByRole("button", { name: "与现行版比较" }).click();
  await expect(page.getByRole("dialog", { name: "版本比较" })).toContainText("两版完全相同。");
  await page.keyboard.press("Escape");
  expect(flow).toContain("process cw14");

  const foreign = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    targetNamespace="t"><process id="p" name="请假" isExecutable="true"><laneSet id="s">
    <lane id="l" name="财务处"><flowNodeRef>a</flowNodeRef></lane></laneSet><startEvent id="b"/>
    <userTask id="a" name="审批"/><endEvent id="e"/>
    <sequenceFlow id="f" sourceRef="b" targetRef="a"/>
    <sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>`;
  await input.setInputFiles({
    name: "other.bpmn", mimeType: "application/xml", buffer: Buffer.from(foreign),
  });
  await expect(dialog).toContainText("泳道未导入");
  await expect(dialog).toContainText("“审批”未写明由谁办理");
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("import.png") });
  await dialog.getByRole("button", { name: "知道了" }).click();
  await drawn(page, "a");
  await input.setInputFiles({
    name: "bad.bpmn", mimeType: "application/xml", buffer: Buffer.from("<a/>"),
  });
  await expect(dialog).toContainText("这不是 BPMN 2.0 文件");
});

test("a form is designed, seen, released by two and compared", async ({ browser }) => {
  test.slow();
  const code = test.info().project.name === "phone" ? "cw02" : "cw03";
  const system = await as(browser, "石磊");
  await system.goto(`/processes/${code}/edit`);
  await unfold(system, "表单设计");
  const flow = await flowOf(system, code);
  const version = Number(/ v(\d+) in /.exec(flow)?.[1]) + 1;
  await write(system, flow.replace(/ v\d+ in /, ` v${String(version)} in `));
  const block = system.getByRole("region", { name: "表单设计" });
  await block.getByRole("button", { name: "增加字段" }).click();
  const name = block.getByRole("textbox", { name: "新字段1 字段名称" });
  await name.fill("联 系人");
  await expect(block.getByRole("alert")).toContainText("不含空格");
  await name.fill("联系人");
  await name.press("Enter");
  await choose(system, "联系人 类型", "单选");
  await block.getByRole("button", { name: "联系人的详细设置" }).click();
  await block.getByRole("textbox", { name: "选项（一行一个）" }).fill("本级\n上级");
  await block.getByRole("button", { name: "上移联系人" }).press("Enter");
  const fields = block.getByRole("list", { name: "字段" }).getByRole("listitem");
  await expect(fields.last().getByRole("textbox").first()).not.toHaveValue("联系人");
  await sound(system);
  await system.screenshot({ path: test.info().outputPath("form.png"), fullPage: true });

  await block.getByText("文本", { exact: true }).click();
  await expect(block.locator(".cm-content")).toContainText('"properties"');
  await block.getByText("设计", { exact: true }).click();
  await expect(name.or(block.getByRole("textbox", { name: "联系人 字段名称" }))).toBeVisible();
  const designed = await formOf(system, code, "联系人", ["本级", "上级"]);
  await block.getByText("文本", { exact: true }).click();
  const json = block.getByRole("textbox", { name: "表单文本" });
  await json.fill("{");
  await block.getByText("设计", { exact: true }).click();
  await expect(block.getByRole("alert")).toContainText("不是正确的 JSON");
  await block.getByText("文本", { exact: true }).click();
  await json.fill(designed);
  await block.getByText("各环节权限").click();
  await sound(system);
  await block.getByRole("combobox", { name: /对联系人的权限$/ }).first().click();
  await system.locator(OPTIONS).filter({ hasText: "必填" }).first().click();
  await expect(system.getByRole("textbox", { name: "流程文本" })).toContainText("require");
  await block.getByText("预览", { exact: true }).click();
  await sound(system);
  await block.getByRole("combobox", { name: "预览的环节" }).click();
  await system.locator(OPTIONS).nth(1).click();
  await block.getByRole("combobox", { name: "联系人" }).click();
  await expect(system.locator(OPTIONS).filter({ hasText: "上级" }).first()).toBeVisible();
  await system.keyboard.press("Escape");
  await expect(system.getByText("文本可读，没有发现问题。")).toBeVisible();

  await system.getByRole("button", { name: "提请发布" }).click();
  const asked = system.getByRole("dialog");
  await asked.getByRole("textbox", { name: "理由" }).fill("增加联系人。");
  await asked.getByRole("button", { name: "提请发布" }).click();
  const proposal = `第${String(version)}版待另一位管理员确认`;
  await expect(system.getByRole("region", { name: proposal })).toBeVisible();

  const security = await as(browser, "殷璇");
  await security.goto(`/processes/${code}`);
  await security.getByRole("button", { name: "与现行版比较" }).click();
  const dialog = security.getByRole("dialog", { name: "版本比较" });
  await expect(dialog.getByRole("region", { name: "改动概要" })).toContainText("新增字段：“联系人”");
  await expect(dialog.getByRole("region", { name: "改动概要" })).toContainText("修改环节");
  await sound(security);
  await security.screenshot({ path: test.info().outputPath("compare.png") });
  await dialog.getByText("并排").click();
  await sound(security);
  await security.screenshot({ path: test.info().outputPath("compare-side.png") });
  await security.keyboard.press("Escape");
  await security.getByRole("button", { name: "确认发布" }).click();
  await expect(security.getByRole("region", { name: proposal })).toBeHidden();
  await expect(security.locator(".facts")).toContainText(`第${String(version)}版`);
});

test("a field is renamed where the text names it, and tables and sections are designed", async ({
  browser,
}) => {
  const page = await as(browser, "石磊");
  await page.goto("/processes/cw14/edit");
  await unfold(page, "试办");
  await page.getByRole("button", { name: "载入样例场景" }).click();
  await unfold(page, "表单设计");
  const block = page.getByRole("region", { name: "表单设计" });
  const name = block.getByRole("textbox", { name: "核定金额 字段名称" });
  await name.fill("批准金额");
  await name.press("Enter");
  await expect(block.getByRole("status"))
    .toHaveText("“核定金额”已改名为“批准金额”，流程文本第10、12行、试办场景第9行随之修改。");
  const flow = page.getByRole("textbox", { name: "流程文本" });
  await expect(flow).toContainText("require 审核意见,批准金额");
  await expect(flow).toContainText("when form.批准金额 > 50000");
  await expect(flow).not.toContainText("核定金额");
  await block.getByRole("textbox", { name: "第1组标题" }).fill("支出情况");

  await choose(page, "附件 类型", "表格");
  await block.getByRole("button", { name: "附件的详细设置" }).click();
  const columns = block.getByRole("list", { name: "附件的各列" });
  const first = columns.getByRole("textbox", { name: "内容 列名称" });
  await first.fill("品名");
  await first.press("Enter");
  await block.getByRole("button", { name: "增加一列" }).click();
  await choose(page, "新列1 类型", "整数");
  await columns.getByRole("checkbox", { name: "每行必填" }).last().check();
  const named = (await flowOf(page, "cw14")).replaceAll("核定金额", "批准金额")
    .replace("> 50000", "> 50000 and form.附件[1].品名 != null");
  await write(page, named);
  const column = columns.getByRole("textbox", { name: "品名 列名称" });
  await column.fill("货名");
  await column.press("Enter");
  await expect(block.getByRole("status"))
    .toHaveText("“附件的品名”已改名为“货名”，流程文本第12行随之修改。");
  await expect(flow).toContainText("form.附件[1].货名 != null");
  await expect(page.getByText("文本可读，没有发现问题。")).toBeVisible();
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("columns.png"), fullPage: true });

  await block.getByText("预览", { exact: true }).click();
  await expect(block.getByText("支出情况")).toBeVisible();
  await page.getByRole("button", { name: "与现行版比较" }).click();
  const compared = page.getByRole("dialog", { name: "版本比较" });
  await expect(compared.getByRole("region", { name: "表单" })).toContainText("货名");
  // How a text is laid out is no change: what was not touched is left out.
  await expect(compared.getByRole("region", { name: "表单" })).not.toContainText("经费来源");
  await sound(page);
});

test("a try-out on the eve of National Day shows limits that pass over the holiday", async ({
  browser,
}) => {
  const page = await as(browser, "石磊");
  await page.goto("/processes/cw14/edit");
  await unfold(page, "试办");
  await page.getByRole("button", { name: "载入样例场景" }).click();
  const scenario = page.getByRole("textbox", { name: "试办场景" });
  await expect(scenario).toHaveValue(/发起：440000-11\.ng /);
  await choose(page, "常用时刻", "国庆节前的周五 17:00");
  await expect(scenario).toHaveValue(/发起：440000-11\.ng \d{4}-09-\d\d 17:00/);
  await choose(page, "常用时刻", "国庆节前最后一个工作日 17:00");
  await expect(scenario).toHaveValue(/09-30 17:00/);
  const trial = page.getByRole("region", { name: "试办", exact: true });
  await trial.getByRole("button", { name: "试办", exact: true }).last().click();
  await expect(page.getByText("与场景所写一致。")).toBeVisible();
  const limits = page.getByRole("region", { name: "各环节时限" });
  await expect(limits.getByRole("row", { name: /分管负责人审批/ }).first()).toContainText("-10-");
  await sound(page);
  await page.screenshot({ path: test.info().outputPath("trial.png"), fullPage: true });
});
