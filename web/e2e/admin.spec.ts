// What the administrators do, and signing in with a passkey.
import { expect } from "@playwright/test";
import { as, sound, test } from "./people";

test("a clerk gets an account, registers a passkey and signs in with both", async ({
  browser, baseURL,
}) => {
  // A passkey is bound to a host name; an address is none.
  const home = (baseURL ?? "").replace("127.0.0.1", "localhost");
  const password = "kapok river dim sum";

  const security = await as(browser, "殷璇");
  await security.goto("/admin");
  const account = security.getByRole("region", { name: "开通账号或重置口令" });
  await account.getByLabel("用户名").fill("tanwei");
  await account.getByLabel("初始口令").fill(password);
  await account.getByRole("button", { name: "开通账号或重置口令" }).click();
  await expect(security.getByText("已办理，并记入办理日志。")).toBeVisible();
  await sound(security);

  const context = await browser.newContext({ baseURL: home });
  const clerk = await context.newPage();
  const devtools = await context.newCDPSession(clerk);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const signIn = async () => {
    await clerk.goto("/login");
    await clerk.getByLabel("用户名").fill("tanwei");
    await clerk.getByLabel("口令").fill(password);
    await clerk.getByRole("button", { name: "登录", exact: true }).click();
    await expect(clerk.getByRole("heading", { level: 1, name: "待办" })).toBeVisible();
  };
  await signIn();
  await clerk.goto("/sessions");
  const keys = clerk.getByRole("region", { name: "通行密钥" });
  await keys.getByLabel("名称").fill("办公电脑");
  await keys.getByRole("button", { name: "登记本设备" }).click();
  await expect(keys.getByText("办公电脑", { exact: true })).toBeVisible();
  await context.clearCookies();
  const proved = clerk.waitForResponse("**/api/session/second-factor");
  await signIn();
  expect((await proved).status()).toBe(200);
  // The cell is shared by both widths: the second run starts without a passkey again.
  await clerk.goto("/sessions");
  await keys.getByRole("button", { name: "删除" }).click();
  await expect(keys.getByText("还没有通行密钥。")).toBeVisible();
  await context.close();
});

test("a refusal of the directory is told on its form", async ({ browser }) => {
  const admin = await as(browser, "石磊");
  await admin.goto("/admin");
  const leave = admin.getByRole("region", { name: "离职" });
  await leave.getByLabel("用户名").fill("nobody-of-this-name");
  await leave.getByRole("button", { name: "离职" }).click();
  await expect(leave.getByRole("alert")).toBeVisible();
  await sound(admin);
});

test("who lets another stand in finds it done, and the other may act", async ({ browser }) => {
  const head = await as(browser, "关敏");
  await head.goto("/sessions");
  const form = head.getByRole("region", { name: "委托代理" });
  await form.getByRole("combobox", { name: "受托岗位" }).click();
  await head.keyboard.type("卢颖");
  const open = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option";
  await head.locator(open).filter({ hasText: "卢颖" }).first().click();
  await head.keyboard.press("Escape");
  await form.getByRole("button", { name: "委托", exact: true }).click();
  const told = head.getByText("已委托，并记入办理日志。");
  await expect(told).toBeVisible();
  // What it says lies over the page for a moment.
  await expect(told).toBeHidden();
  await sound(head);
  const clerk = await as(browser, "卢颖");
  const { posts } = await clerk.evaluate(
    async () => (await (await fetch("/api/session")).json()) as { posts: { title: string }[] },
  );
  expect(posts.map((post) => post.title)).toContain("主要负责人");
});
