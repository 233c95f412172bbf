// The first run of a real cell: no demonstration, a data directory of its own, its own server.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { fresh, sound, test } from "./people";

const binary = process.env.LINGNAN_BIN ?? "../target/debug/lingnan";
const password = "kapok river dim sum";
const people = {
  系统管理员: ["石磊", "shilei"],
  安全管理员: ["殷璇", "yinxuan"],
  审计管理员: ["童安", "tongan"],
} as const;

let home: string;
let data: string;
let server: ChildProcess;

/** Starts the server on its data and gives the one-time password that it prints. */
async function serve(): Promise<string> {
  server = spawn(binary, ["serve", "--data", data, "--listen",
    `127.0.0.1:${new URL(home).port}`, "--web", "dist"], { cwd: process.cwd(), stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout?.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const token = /一次性口令 (\S+)/.exec(said)?.[1];
      if (token !== undefined && said.includes("岭南已启动")) resolve(token);
    });
    server.on("exit", () => { reject(new Error(`the server ended: ${said}`)); });
  });
}

test.beforeEach(({ baseURL }) => {
  home = `http://localhost:${String(Number(new URL(baseURL ?? "").port) + 1_000)}`;
  data = mkdtempSync(join(tmpdir(), "lingnan-setup-"));
});
test.afterEach(async () => {
  const ended = new Promise((resolve) => { server.once("exit", resolve); });
  server.kill("SIGKILL");
  await ended;
  rmSync(data, { recursive: true });
});

async function fill(page: Page, token: string): Promise<void> {
  await page.getByLabel("一次性口令").fill(token);
  for (const [role, [name, username]] of Object.entries(people)) {
    const one = page.getByRole("group", { name: role });
    await one.getByLabel("姓名").fill(name);
    await one.getByLabel("用户名").fill(username);
    await one.getByLabel("口令", { exact: true }).fill(password);
  }
  await page.getByRole("button", { name: "启用", exact: true }).click();
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${home}/login`);
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("口令").fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.locator("#main").getByRole("heading", { level: 1 })).toBeVisible();
}

test("three administrators are made with the printed password, and then no more", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  execFileSync(binary, ["import", "--data", data], { stdio: "ignore" });
  const token = await serve();

  const page = await fresh(browser);
  // Whoever wants to sign in is led here first.
  await page.goto(`${home}/login`);
  await expect(page.getByRole("heading", { name: "首次启用" })).toBeVisible();
  await sound(page);
  await fill(page, "wrong-token");
  const told = page.getByRole("alert").filter({ hasText: "一次性口令不对。" });
  await expect(told).toContainText("服务器启动时的输出");
  await sound(page);
  await page.getByLabel("一次性口令").fill(token);
  await page.getByRole("button", { name: "启用", exact: true }).click();
  await expect(page.getByRole("heading", { name: "已启用" })).toBeVisible();

  const system = await fresh(browser);
  await signIn(system, "shilei");
  await system.goto(`${home}/admin`);
  const appoint = system.getByRole("region", { name: "任职", exact: true });
  await appoint.getByLabel("用户名").fill("linlan");
  await appoint.getByLabel("姓名").fill("林岚");
  await appoint.getByRole("combobox", { name: "岗位" }).click();
  await system.keyboard.type("省政府办公厅");
  const open = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option";
  await system.locator(open).filter({ hasText: "办公厅" }).first().click();
  await appoint.getByRole("combobox", { name: "岗位：选择岗位" }).click();
  await system.locator(open).filter({ hasText: "拟稿人" }).first().click();
  await appoint.getByRole("button", { name: "任职", exact: true }).click();
  await expect(system.getByText("已办理，并记入办理日志。")).toBeVisible();

  const security = await fresh(browser);
  await signIn(security, "yinxuan");
  await security.goto(`${home}/admin`);
  const account = security.getByRole("region", { name: "开通账号或重置口令" });
  await account.getByLabel("用户名").fill("linlan");
  await account.getByLabel("初始口令").fill(password);
  await account.getByRole("button", { name: "开通账号或重置口令" }).click();
  await expect(security.getByText("已办理，并记入办理日志。")).toBeVisible();

  const official = await fresh(browser);
  await signIn(official, "linlan");
  await expect(official.getByRole("button", { name: "起草公文" })).toBeVisible();

  await page.goto(`${home}/setup`);
  await expect(page.getByText("本节点已经启用。")).toBeVisible();
  await expect(page.getByLabel("一次性口令")).toHaveCount(0);
  const again = await page.request.post(`${home}/api/setup`, {
    data: {
      token,
      system: { username: "system", name: "system", password },
      security: { username: "security", name: "security", password },
      audit: { username: "audit", name: "audit", password },
    },
  });
  expect(again.status()).toBe(404);
});

test("without an import the page says what to do first", async ({ browser }) => {
  test.setTimeout(120_000);
  await serve();
  const page = await fresh(browser);
  await page.goto(`${home}/setup`);
  await expect(page.getByRole("alert")).toContainText("lingnan import");
  await expect(page.getByRole("button", { name: "启用", exact: true })).toHaveCount(0);
  await sound(page);
});
