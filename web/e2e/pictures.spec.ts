// Pictures in a text: brought, described, kept on this machine, printed, changed and taken out.
import { crc32, deflateSync } from "node:zlib";
import { expect, type Locator } from "@playwright/test";
import { as, sound, test } from "./people";

/** A PNG of stripes. */
function png(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Array.from({ length: height }, (_, at) =>
    Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, at % 20 < 10 ? 0x60 : 0xd0)]));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0)),
  ]);
}

const drawn = (picture: Locator) =>
  expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);

test("a picture is described, survives a reload, is saved, printed and changed", async ({ browser }) => {
  const title = `关于水位图的通知${String(Date.now())}`;
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  await page.getByLabel("标题").fill(title);
  const text = page.getByRole("textbox", { name: "正文" });
  await text.click();
  await page.keyboard.type("请看下图。");
  const input = page.locator("input[type=file][accept*=png]");
  await input.setInputFiles({ name: "水位.png", mimeType: "image/png", buffer: Buffer.from("no") });
  const dialog = page.getByRole("dialog", { name: "图片" });
  await expect(dialog.getByRole("alert")).toHaveText("这个文件不是图片，或者已经损坏，没有插入。");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await input.setInputFiles({ name: "水位.png", mimeType: "image/png", buffer: png(600, 300) });
  await dialog.getByRole("button", { name: "插入" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("请写明图上是什么。");
  await sound(page);
  await dialog.getByLabel("说明").fill("珠江水位");
  await dialog.getByRole("button", { name: "插入" }).click();
  await expect(dialog).toBeHidden();
  const picture = text.getByRole("img", { name: "珠江水位" });
  await drawn(picture);
  await page.keyboard.type("图下一段。");
  await expect(page.getByText(/已存本机/)).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "恢复" }).click();
  await drawn(picture);
  await expect(text).toContainText("图下一段。");
  await sound(page);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const read = page.getByRole("article").getByRole("img", { name: "珠江水位" });
  await drawn(read);
  await sound(page);

  await page.getByRole("button", { name: "修改文稿" }).click();
  await picture.click();
  await page.getByRole("button", { name: "图片说明和宽度" }).click();
  await dialog.getByLabel("说明").fill("珠江三水站水位");
  await dialog.getByLabel("宽度（毫米）").fill("156");
  await dialog.getByRole("button", { name: "确定" }).click();
  await expect(text.getByRole("img", { name: "珠江三水站水位" })).toBeVisible();
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await drawn(page.getByRole("article").getByRole("img", { name: "珠江三水站水位" }));
  await page.getByRole("tab", { name: "文稿版本" }).click();
  await expect(page.locator("ins").filter({ hasText: "〔图：珠江三水站水位〕" })).toBeVisible();
  await page.getByRole("tab", { name: "版式" }).click();
  const printed = page.getByRole("tabpanel", { name: "版式" });
  await expect(printed.locator("svg image, img").first()).toBeVisible();
});

test("a picture is pasted, chosen with the keyboard and taken out", async ({ browser }) => {
  const page = await as(browser, "林岚");
  await page.goto("/documents/new");
  const text = page.getByRole("textbox", { name: "正文" });
  await text.click();
  await page.keyboard.type("图在下面。");
  await text.evaluate((element, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, [...png(300, 3200)]);
  const dialog = page.getByRole("dialog", { name: "图片" });
  await dialog.getByLabel("说明").fill("贴入的图");
  await page.keyboard.press("Enter");
  const picture = text.getByRole("img", { name: "贴入的图" });
  await drawn(picture);
  await expect(dialog).toBeHidden();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("button", { name: "图片说明和宽度" })).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(picture).toBeHidden();
  await expect(text).toContainText("图在下面。");
});
