// Builds the web application; nothing inline, so that the strict content policy holds.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.LINGNAN_URL ?? "http://127.0.0.1:8640";

// The house style has named exports only; the tools read a default one from their own files.
export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
  },
});
