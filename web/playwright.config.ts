// The whole story in Debian's Chromium, at a desk's width and at a phone's, side by side: each on
// a server and a cell of its own, one test at a time.
import { defineConfig, type Project } from "@playwright/test";

const given = process.env.LINGNAN_URL;
const binary = process.env.LINGNAN_BIN ?? "../target/debug/lingnan";
const port = Number(process.env.LINGNAN_E2E_PORT ?? "8649");
const ports = { desk: port, phone: port + 1 };
const address = (of: number) => given ?? `http://127.0.0.1:${String(of)}`;

/** Serves a cell of its own for every run, in a directory that the run may throw away. */
function server(of: number) {
  const data = `${process.env.LINGNAN_E2E_DATA ?? `test-results/cell-${String(process.pid)}`}-${String(of)}`;
  return {
    command:
      `${binary} serve --demo --data ${data} --listen 127.0.0.1:${String(of)} --web dist`,
    url: `${address(of)}/api/setup`,
    timeout: 120_000,
    cwd: import.meta.dirname,
  };
}

const projects: Project[] = [
  {
    name: "desk",
    // The round between a county and a village is a phone's.
    testIgnore: "village.spec.ts",
    use: { baseURL: address(ports.desk), viewport: { width: 1440, height: 900 } },
  },
  {
    name: "phone",
    // The trees are the same but for what a phone has no room for.
    testIgnore: "trees.spec.ts",
    use: {
      baseURL: address(ports.phone),
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    },
  },
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // Both widths would find each other's matters in the one cell that was given.
  workers: given === undefined ? projects.length : 1,
  retries: 0,
  timeout: 120_000,
  expect: {
    timeout: 20_000,
    toMatchAriaSnapshot: { pathTemplate: "{testDir}/trees/{arg}{ext}" },
  },
  reporter: [["line"]],
  use: {
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
  projects: projects.map((project) => ({ ...project, workers: 1 })),
  ...(given === undefined && { webServer: Object.values(ports).map(server) }),
});
