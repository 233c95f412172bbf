// Word: a file read into a draft with a report, and a document taken away as one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator } from "@playwright/test";
import { as, sound, test } from "./people";

const SAMPLES = join(import.meta.dirname, "../../kernel/word/tests/samples");

test("a Word file becomes a draft, with what was left out told, and goes back to Word", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("导入 Word").setInputFiles(join(SAMPLES, "notice.docx"));
  const dialog = page.getByRole("dialog", { name: "从 Word 导入" });
  await expect(dialog.getByText("岭东市水务局关于开展水库安全检查的通知")).toBeVisible();
  const dropped = dialog.getByRole("list", { name: "没有导入或已改动的内容" });
  await expect(dropped.getByText("修订中删除的文字“请立即办理。”没有导入")).toBeVisible();
  await expect(dropped.getByText("主送机关保留在正文首行")).toBeVisible();
  await sound(page);
  await dialog.getByRole("button", { name: "填入" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel("标题")).toHaveValue("岭东市水务局关于开展水库安全检查的通知");
  const text = page.getByRole("textbox", { name: "正文" });
  const picture = (place: Locator) => expect.poll(() => place.locator("figure img").evaluate(
    (img: HTMLImageElement) => img.naturalWidth,
  )).toBeGreaterThan(0);
  await picture(text);
  await expect(text.getByText("一、总体要求")).toBeVisible();
  await expect(text.getByText("中型3座")).toBeVisible();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", {
    level: 1, name: "岭东市水务局关于开展水库安全检查的通知",
  })).toBeVisible();
  await picture(page.getByRole("article"));

  await page.getByRole("tab", { name: "版式" }).click();
  const shown = page.getByRole("tabpanel", { name: "版式" });
  const waiting = page.waitForEvent("download");
  await shown.getByRole("link", { name: "下载 Word" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("岭东市水务局关于开展水库安全检查的通知.docx");
  const path = await file.path();
  expect(readFileSync(path).subarray(0, 2).toString()).toBe("PK");

  // What was taken away can be brought back.
  await page.goto("/documents/new");
  await page.getByLabel("导入 Word").setInputFiles(path);
  await expect(dialog.getByText("岭东市水务局关于开展水库安全检查的通知")).toBeVisible();
});

test("annexes that stand in the file are attached when its draft is saved", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("导入 Word").setInputFiles(join(SAMPLES, "annexes.docx"));
  const dialog = page.getByRole("dialog", { name: "从 Word 导入" });
  await expect(dialog.getByText("附件：资金使用情况表.docx、分市明细.docx，保存时一并上传。")).toBeVisible();
  await dialog.getByRole("button", { name: "填入" }).click();
  await expect(page.getByText("省政府办公厅 主任 何靖")).toBeVisible();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  const attached = page.getByRole("region", { name: "附件" });
  await expect(attached.getByText("资金使用情况表.docx")).toBeVisible();
  await expect(attached.getByText("分市明细.docx")).toBeVisible();
});

test("a file that cannot be read, or must not be, is refused with the way on", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  const input = page.getByLabel("导入 Word");
  const old = Buffer.alloc(600);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(old);
  await input.setInputFiles({ name: "旧文件.doc", mimeType: "application/msword", buffer: old });
  const dialog = page.getByRole("dialog", { name: "从 Word 导入" });
  await expect(dialog.getByText(/旧版 Word 文档（\.doc）.*另存为 \.docx 后再导入/)).toBeVisible();
  await expect(dialog.getByText("请按提示处理后重新选择文件")).toBeVisible();
  await sound(page);
});
