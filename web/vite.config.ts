// Builds the web application; nothing inline, so that the strict content policy holds.
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.LINGNAN_URL ?? "http://127.0.0.1:8640";

const ICON = /@ant-design\/icons\/es\/components\/AntdIcon(Light)?\.js$/;
const NAMED = /role: "img",\s*"aria-label": icon\.name/;

/**
 * The library's icons are for the eye alone: their English names are no part of what is read out.
 * What an icon means is said in words beside it, or by the name of the button it stands in.
 */
function silentIcons(): Plugin {
  return {
    name: "silent-icons",
    transform(code, id) {
      if (!ICON.test(id)) return undefined;
      // A new release that names its icons otherwise must not pass unseen.
      if (!NAMED.test(code)) throw new Error(`${id} does not name its icons as expected`);
      return { code: code.replace(NAMED, '"aria-hidden": true'), map: null };
    },
  };
}

// The house style has named exports only; the tools read a default one from their own files.
export default defineConfig({
  plugins: [react(), silentIcons()],
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
  },
});
