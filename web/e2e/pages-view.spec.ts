// 版式: the pages of a document as they are printed, and of files attached to it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { draft, open } from "./acts";
import { as, sound, test } from "./people";

const SAMPLES = join(import.meta.dirname, "../../formats/ofd/tests/samples");
/** A document of the demonstration with many pages. */
const LONG = "广东省人民政府办公厅转发《国务院办公厅关于印发“无废城市”建设试点工作方案的通知》的通知";

/** What begins as a ZIP archive and is none. */
const BROKEN = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]);

async function viewer(page: Page) {
  await page.getByRole("tab", { name: "版式" }).click();
  const shown = page.getByRole("tabpanel", { name: "版式" });
  await expect(shown.locator(".leaf[data-page='1'] .text text").first()).toBeAttached();
  return shown;
}

/** The page that stands in the field of its number. */
const at = (shown: ReturnType<Page["locator"]>) => shown.getByRole("textbox", { name: "页码" });

test("a document's pages are turned, searched, enlarged and taken away", async ({ browser }) => {
  const page = await as(browser, "周雯");
  await open(page, LONG);
  const shown = await viewer(page);
  const first = shown.getByRole("region", { name: "第1页", exact: true });
  const text = (await first.locator(".text").textContent() ?? "").replaceAll(/\s/g, "");
  expect(text).toContain("“无废城市”建设试点工作方案");
  await sound(page);

  const search = shown.getByRole("searchbox", { name: "在全文中搜索" });
  await shown.getByRole("region", { name: "版式" }).focus();
  await page.keyboard.press("Control+f");
  await expect(search).toBeFocused();
  await search.fill("固体废物");
  await expect(shown.getByText(/第1处，共\d{2,}处/)).toBeVisible();
  await expect(shown.locator(".hit.now").first()).toBeInViewport();
  await search.press("Enter");
  await expect(shown.getByText(/第2处，共\d+处/)).toBeVisible();
  await search.press("Shift+Enter");
  await expect(shown.getByText(/第1处/)).toBeVisible();
  await search.press("Escape");
  await expect(shown.locator(".hit")).toHaveCount(0);

  await at(shown).fill("3");
  await at(shown).press("Enter");
  const third = shown.getByRole("region", { name: "第3页", exact: true });
  await expect(third.locator(".text text").first()).toBeInViewport();
  await expect(at(shown)).toHaveValue("3");
  await shown.getByRole("region", { name: "版式" }).focus();
  await page.keyboard.press("PageDown");
  await expect(at(shown)).toHaveValue("4");
  await page.keyboard.press("PageUp");
  await expect(at(shown)).toHaveValue("3");

  const width = async () => (await third.locator(".leaf-sheet").boundingBox())?.width ?? 0;
  await shown.getByRole("button", { name: "实际大小" }).click();
  // 210 mm.
  await expect.poll(width).toBeCloseTo(793.7, 0);
  await page.keyboard.press("+");
  await expect.poll(width).toBeCloseTo(793.7 * 1.25, 0);
  await shown.getByRole("button", { name: "适合宽度" }).click();
  const room = await shown.locator(".leaves").evaluate((leaves) => leaves.clientWidth);
  await expect.poll(width).toBeLessThanOrEqual(room);

  for (const [name, kind] of [["下载 PDF", "%PDF"], ["下载 OFD", "PK"]] as const) {
    const waiting = page.waitForEvent("download");
    await shown.getByRole("link", { name }).click();
    const file = await (await waiting).path();
    expect(readFileSync(file).subarray(0, kind.length).toString()).toBe(kind);
  }
});

test("text of a page is copied as it is read", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await draft(page, "关于复制版式文字的通知", "各单位要认真落实。");
  const shown = await viewer(page);
  const copied = await shown.locator(".leaf[data-page='1'] .text").evaluate((text) => {
    getSelection()?.selectAllChildren(text);
    return getSelection()?.toString() ?? "";
  });
  const lines = copied.split("\n").map((line) => line.trim());
  expect(lines).toContain("关于复制版式文字的通知");
  expect(lines.indexOf("关于复制版式文字的通知")).toBeLessThan(lines.indexOf("各单位要认真落实。"));
});

test("pages are printed one on a sheet, at their size", async ({ browser }) => {
  const page = await as(browser, "周雯");
  await page.addInitScript(() => {
    window.print = () => { document.documentElement.dataset.printed = "yes"; };
  });
  await open(page, LONG);
  const shown = await viewer(page);
  const count = await shown.locator(".leaf").count();
  await shown.getByRole("button", { name: "打印" }).click();
  await expect(page.locator("[data-printed]")).toBeAttached({ timeout: 30_000 });
  await page.emulateMedia({ media: "print" });
  const sheets = page.locator(".print-pages img");
  await expect(sheets).toHaveCount(count);
  await expect(page.locator("#root")).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(count);
  // A4 in points.
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
});

test("an attached file is viewed, with its seals marked as unverified", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await draft(page, "关于查看版式附件的通知", "附件请查收。");
  const broken = { name: "坏文件.ofd", mimeType: "application/zip", buffer: BROKEN };
  for (const file of [join(SAMPLES, "v5_seal.ofd"), broken]) {
    await page.locator("input[type=file]").setInputFiles(file);
    const name = typeof file === "string" ? "v5_seal.ofd" : file.name;
    await expect(page.getByRole("link", { name })).toBeVisible();
  }
  await page.getByRole("button", { name: "查看 v5_seal.ofd" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator(".leaf .seal")).toContainText("未验证");
  await expect(dialog.getByText(/电子印章.*（未验证）/)).toBeVisible();
  await expect(dialog.locator(".text")).toContainText("你好呀，OFD Reader&Writer！");
  await sound(page);
  await dialog.getByRole("button", { name: "关闭" }).click();
  await page.getByRole("button", { name: "查看 坏文件.ofd" }).click();
  await expect(page.getByRole("alert")).toContainText("这不是完整的 OFD 文件");
});
