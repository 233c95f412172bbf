// Whether the tools of others take the catalogue's drawings: see drawings.spec.ts.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results/drawings",
  workers: 1,
  retries: 0,
  timeout: 180_000,
  reporter: [["line"]],
  use: {
    launchOptions: {
      executablePath: process.env.LINGNAN_CHROMIUM ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
