// What a screen reader is told of every page: its tree, kept in trees/ beside this file.
import { expect, type Page } from "@playwright/test";
import { open } from "./acts";
import { as, sound, test, watch } from "./people";

const CHECKED = "广东省人民政府办公厅关于开展安全生产检查的通知";

/** Times, numbers and ids are patterns in the files. */
async function reads(page: Page, name: string): Promise<void> {
  await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
}

test("the sign-in page reads well", async ({ page }) => {
  watch(page);
  await page.goto("/login");
  await reads(page, "sign-in");
});

test("a drafter's pages read well", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await reads(page, "editor");
  await page.goto("/contacts?unit=440783108221");
  await reads(page, "contacts");
  await page.goto("/sessions");
  await reads(page, "sessions");
});

test("a reviewer's inbox reads well, the frame around it too", async ({ browser }) => {
  await reads(await as(browser, "彭莉"), "inbox");
});

test("a clerk's document and his numbers read well", async ({ browser }) => {
  const page = await as(browser, "周雯");
  await open(page, CHECKED);
  await reads(page, "document");
  await page.goto("/numbers");
  await reads(page, "numbers");
});

test("a received document reads well", async ({ browser }) => {
  const page = await as(browser, "司徒宁");
  await open(page, CHECKED);
  await reads(page, "incoming");
});

test("the journal reads well", async ({ browser }) => {
  const page = await as(browser, "贺谨");
  await page.goto("/journal?command=documents.void_number");
  await reads(page, "journal");
  await sound(page);
});
