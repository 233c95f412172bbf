// A normative document: its material stays with the office, and 司法厅 passes it before it is signed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { act, begin, choose, open, pick, standsAt } from "./acts";
import { as, sound, test } from "./people";

/** A real page as PDF, made by the program itself. */
function material(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "lingnan-legality-"));
  const value = {
    kind: "letter", issuers: ["广东省水利厅"], mark: "name_only", number: "粤水法函〔2026〕8号",
    title: "关于水库管理办法的送审说明", date: "2026-11-09", recipients: [["广东省司法厅"]],
    body: [{ paragraph: { spans: [{ text: "依据《中华人民共和国水法》制定，已征求各市意见。" }] } }],
  };
  writeFileSync(join(folder, "a.json"), JSON.stringify(value));
  const binary = process.env.LINGNAN_BIN ?? join(import.meta.dirname, "../../target/debug/lingnan");
  execFileSync(binary, ["gongwen", "render", join(folder, "a.json"), "-o", join(folder, "a.pdf")]);
  return readFileSync(join(folder, "a.pdf"));
}

async function write(page: Page, title: string): Promise<void> {
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  await choose(page, "主送机关", "江门市人民政府", /^江门市人民政府/);
  await choose(page, "签发人", "何靖", /何靖/);
  await pick(page, "公开属性", "主动公开");
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.type("现将水库管理办法印发给你们。");
  await page.getByText("更多要素").click();
  await page.getByRole("checkbox", { name: "规范性文件" }).check();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const file = { name: "送审说明.pdf", mimeType: "application/pdf", buffer: material() };
  await page.getByLabel("上传附件").setInputFiles(file);
  await expect(page.getByRole("link", { name: "送审说明.pdf" })).toBeVisible();
}

test("司法厅审核规范性文件，送审材料在线查看、不随文印发", async ({ browser }, { project }) => {
  const title = `广东省人民政府办公厅关于印发水库管理规程（${project.name}）的通知`;
  const drafter = await as(browser, "林岚");
  await write(drafter, title);
  const submit = await begin(drafter, "提交");
  await submit.getByRole("combobox", { name: "证明文件" }).click();
  await drafter.getByTitle("送审说明.pdf").click();
  await submit.getByRole("button", { name: "提交", exact: true }).click();
  await expect(submit).toBeHidden();
  await expect(drafter.getByText("证明文件，不随文印发")).toBeVisible();

  const reviewer = await as(browser, "陈卓");
  await open(reviewer, title);
  await act(reviewer, "核稿通过");
  await standsAt(reviewer, "合法性审核");

  const justice = await as(browser, "郑健 .*司法厅");
  await open(justice, title);
  await justice.getByRole("button", { name: "查看 送审说明.pdf" }).click();
  const viewer = justice.getByRole("dialog");
  await expect(viewer.locator(".leaf .text")).toContainText("已征求各市意见");
  await expect(viewer.getByRole("link", { name: "下载 PDF" })).toBeVisible();
  await sound(justice);
  await viewer.getByRole("button", { name: "关闭" }).click();
  const dialog = await begin(justice, "合法性审核通过");
  const items = dialog.getByRole("group", { name: "审核要点" }).getByRole("checkbox");
  await expect(items).toHaveCount(7);
  await dialog.getByRole("button", { name: "合法性审核通过" }).click();
  await expect(dialog.getByRole("alert")).toContainText("逐项确认");
  for (const item of await items.all()) await item.check();
  await dialog.getByRole("button", { name: "合法性审核通过" }).click();
  await expect(dialog).toBeHidden();
  await standsAt(justice, "签发");
});
