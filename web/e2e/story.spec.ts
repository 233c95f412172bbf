// What may come between while a document is written: a lost session, a refusal.
import { expect } from "@playwright/test";
import { as, sound, test } from "./people";

test("who writes when the session ends signs in again over the page", async ({ browser }) => {
  const title = `未写完的公文${String(Date.now())}`;
  const page = await as(browser, "方浩");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "保存" }).click();
  const again = page.getByRole("dialog", { name: "登录已过期" });
  await expect(again).toBeVisible();
  await sound(page);
  await again.getByRole("button", { name: /^方浩 / }).click();
  await expect(again).toBeHidden();
  await expect(page.getByLabel("标题")).toHaveValue(title);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("who leaves instead finds the draft on this machine", async ({ browser }) => {
  const page = await as(browser, "彭莉");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill("改日再写的公文");
  await expect(page.getByText(/已存本机/)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("button", { name: "离开本页，去登录页" }).click();
  // The same people stand in the dialog: only the sign-in page's are meant.
  await expect(page).toHaveURL(/\/login$/);
  await page.getByRole("button", { name: /^彭莉 / }).click();
  await expect(page.getByRole("heading", { level: 1, name: "待办" })).toBeVisible();
  await page.goto("/documents/new");
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(page.getByLabel("标题")).toHaveValue("改日再写的公文");
});

test("a refusal says its rule and what to do next", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill("机密★关于某事项的通知");
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.keyboard.type("正文。");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert")).toContainText("下一步");
});
