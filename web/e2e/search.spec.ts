// 公文检索: found by number and by a word, marked, narrowed, opened; and that nothing is found.
import { expect } from "@playwright/test";
import { as, sound, test } from "./people";

test("a document is found by a word of its text, by its number, and opened", async ({ browser }) => {
  const page = await as(browser, "周雯");
  await page.goto("/workbench");
  await page.getByRole("link", { name: /^公文检索/ }).click();
  const box = page.getByRole("searchbox", { name: "检索公文" });
  await expect(box).toBeFocused();
  await expect(page.getByText("多个词用空格分开")).toBeVisible();
  await sound(page);

  await box.fill("通知");
  await box.press("Enter");
  const results = page.getByRole("list", { name: "检索结果" });
  const first = results.getByRole("article").first();
  await expect(first.locator("mark").first()).toBeVisible();
  await sound(page);
  const number = await results.locator(".hit-line b").filter({ hasText: "〔" }).first().innerText();
  const plain = number.replace(/[〔〕]/g, "");

  await box.fill(plain);
  await box.press("Enter");
  await expect(first.locator(".hit-line b mark").first()).toBeVisible();
  await expect(first.locator(".hit-line b")).toHaveText(number);
  const title = await first.getByRole("heading").innerText();

  await page.getByRole("combobox", { name: "年份" }).press("Enter");
  await page.getByTitle(`${String(new Date().getFullYear() - 5)}年`).click();
  await expect(page.getByText("没有找到")).toBeVisible();
  expect(new URL(page.url()).searchParams.get("year")).not.toBeNull();
  await page.goto(`/search?q=${encodeURIComponent(plain)}`);
  await first.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});

test("what nobody wrote is not found, and what says nothing is not looked for", async ({ browser }) => {
  const page = await as(browser, "方家明");
  await page.goto(`/search?q=${encodeURIComponent("紫水晶洞穴")}`);
  await expect(page.getByText("没有找到")).toBeVisible();
  await sound(page);
  await page.goto(`/search?q=${encodeURIComponent("，。")}`);
  await expect(page.getByRole("alert")).toContainText("检索内容中没有文字或数字");
  await sound(page);
});
