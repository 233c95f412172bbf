// What concerns somebody reaches him without reloading, and stays read when he has read it.
import { expect } from "@playwright/test";
import { act, begin, choose, draft, open, pick } from "./acts";
import { as, sound, test } from "./people";

test("what was returned is told, read and stays read", async ({ browser }) => {
  const title = `广东省人民政府办公厅关于消息${String(Date.now())}的通知`;
  const drafter = await as(browser, "林岚");
  await draft(drafter, title, "正文。");
  await drafter.getByRole("button", { name: "修改文稿" }).click();
  await choose(drafter, "主送机关", "江门市人民政府", /^江门市人民政府/);
  await choose(drafter, "签发人", "何靖", /何靖/);
  await pick(drafter, "公开属性", "主动公开");
  await drafter.getByRole("button", { name: "保存", exact: true }).click();
  await act(drafter, "提交");
  await drafter.goto("/messages");
  const all = drafter.getByRole("button", { name: "全部已读" });
  await expect(drafter.getByRole("heading", { level: 1, name: "消息" })).toBeVisible();
  if (await all.isEnabled()) await all.click();
  const bell = drafter.getByRole("banner").getByRole("link", { name: /^消息，/ });
  await expect(bell).toHaveAccessibleName("消息，没有未读");
  await expect(all).toBeDisabled();

  const reviewer = await as(browser, "陈卓");
  await open(reviewer, title);
  const back = await begin(reviewer, "退回");
  await back.getByRole("textbox").last().fill("请补充依据。");
  await back.getByRole("button", { name: "退回", exact: true }).click();
  await expect(back).toBeHidden();

  await expect(bell).toHaveAccessibleName("消息，1条未读");
  const message = drafter.getByRole("link", { name: new RegExp(title) });
  await expect(message).toContainText("退回");
  await expect(message).toContainText("请补充依据。");
  await expect(message.getByRole("img", { name: "未读" })).toBeVisible();
  await sound(drafter);
  await message.click();
  await expect(drafter.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(bell).toHaveAccessibleName("消息，没有未读");
  await drafter.goto("/messages?shown=unread");
  await expect(drafter.getByText("没有未读消息。")).toBeVisible();
  await sound(drafter);
  await drafter.locator(".ant-segmented-item").filter({ hasText: "全部" }).click();
  await expect(drafter.getByRole("link", { name: new RegExp(title) })).toBeVisible();
});
