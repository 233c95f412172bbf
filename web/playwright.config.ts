// The whole story in Debian's Chromium, at a desk's width and at a phone's.
import { defineConfig } from "@playwright/test";

const port = Number(process.env.LINGNAN_E2E_PORT ?? "8649");
const given = process.env.LINGNAN_URL;
const url = given ?? `http://127.0.0.1:${port}`;
// A cell of its own for every run, in a directory that the run may throw away.
const data = process.env.LINGNAN_E2E_DATA ?? `test-results/cell-${process.pid}`;
const binary = process.env.LINGNAN_BIN ?? "../target/debug/lingnan";
const serve = `${binary} serve --demo --data ${data} --listen 127.0.0.1:${port} --web dist`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: {
    timeout: 15_000,
    toMatchAriaSnapshot: { pathTemplate: "{testDir}/trees/{arg}{ext}" },
  },
  reporter: [["line"]],
  use: {
    baseURL: url,
    actionTimeout: 30_000,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.LINGNAN_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        // A microphone that hums.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
  projects: [
    {
      name: "desk",
      // The round between a county and a village is a phone's.
      testIgnore: "village.spec.ts",
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      // The trees are the same but for what a phone has no room for.
      testIgnore: "trees.spec.ts",
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    },
  ],
  ...(given === undefined && {
    webServer: {
      command: serve,
      url: `${url}/api/setup`,
      timeout: 120_000,
      cwd: import.meta.dirname,
    },
  }),
});
