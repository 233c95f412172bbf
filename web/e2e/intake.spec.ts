// 来文登记: a scan is read, each reading is compared and confirmed, and the paper is registered.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { standsAt } from "./acts";
import { as, sound, test } from "./people";

const TITLE = "广东省水利厅关于开展水库安全度汛检查的通知";

/** A page as a scanner makes it. */
function scanned(number: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "lingnan-"));
  const at = (name: string) => join(folder, name);
  writeFileSync(at("a.json"), JSON.stringify({
    kind: "notice", issuers: ["广东省水利厅"], number, title: TITLE,
    recipients: [["各地级以上市人民政府"]],
    body: [{ paragraph: { spans: [{ text: "请于年底前完成检查并报送结果。" }] } }],
    date: "2026-11-20", signature: "unsealed",
  }));
  const binary = process.env.LINGNAN_BIN ?? join(import.meta.dirname, "../../target/debug/lingnan");
  execFileSync(binary, ["gongwen", "render", at("a.json"), "-o", at("a.pdf")]);
  execFileSync("pdftoppm", ["-r", "150", "-png", "-singlefile", at("a.pdf"), at("a")]);
  return readFileSync(at("a.png"));
}

async function scan(page: Page, name: string, buffer: Buffer): Promise<void> {
  const file = { name, mimeType: "image/png", buffer };
  await page.getByLabel("选择扫描件").setInputFiles(file);
}

test("what is read is never taken unseen, and a paper is registered once", async ({ browser }) => {
  test.slow();
  const page = await as(browser, "黄淇");
  await page.getByRole("button", { name: "来文登记" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "来文登记" })).toBeVisible();
  await scan(page, "坏.png", Buffer.from("no picture"));
  await expect(page.getByRole("alert")).toContainText("这个文件不是，或已损坏");
  const number = `粤水防〔2026〕${String(Date.now() % 90_000 + 10_000)}号`;
  const picture = scanned(number);
  await scan(page, "来文.png", picture);
  const form = page.getByRole("region", { name: "登记", exact: true });
  await expect(form.getByLabel("标题", { exact: true })).toHaveValue(TITLE, { timeout: 60_000 });
  await expect(form.getByLabel("来文单位", { exact: true })).toHaveValue("广东省水利厅");
  await expect(form.getByLabel("来文字号", { exact: true })).toHaveValue(number);
  await expect(form.getByLabel("成文日期", { exact: true })).toHaveValue("2026-11-20");
  await page.getByRole("button", { name: `来文字号：${number}` }).click();
  await expect(form.getByLabel("来文字号", { exact: true })).toBeFocused();
  await sound(page);

  const register = form.getByRole("button", { name: "登记", exact: true });
  await expect(register).toBeDisabled();
  for (const box of await form.getByRole("checkbox").all()) await box.check();
  await expect(register).toBeEnabled();
  await form.getByLabel("主送机关", { exact: true }).fill("江门市人民政府");
  await expect(form.getByText("还有1项没有核对。")).toBeVisible();
  await expect(register).toBeDisabled();
  await form.getByRole("checkbox", { name: "已核对主送机关" }).check();
  await register.click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  await standsAt(page, "拟办");
  const readings = page.getByRole("region", { name: "识别与登记" });
  await expect(readings.getByRole("row", { name: /主送机关/ })).toContainText("人工改动");
  await expect(readings.getByRole("row", { name: /来文字号/ })).not.toContainText("人工改动");
  await expect(page.getByRole("img", { name: "来文扫描件 来文.png" })).toBeVisible();
  await sound(page);

  await page.goto("/incoming/new");
  await scan(page, "来文.png", picture);
  await expect(form.getByLabel("标题", { exact: true })).toHaveValue(TITLE, { timeout: 60_000 });
  for (const box of await form.getByRole("checkbox").all()) await box.check();
  await register.click();
  await expect(form.getByRole("alert")).toContainText("登记过这份来文");
});
