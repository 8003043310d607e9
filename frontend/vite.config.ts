import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { messages } from "./build/messages";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.WARD_URL ?? "http://127.0.0.1:8600";

const proxy: Record<string, string> = process.env.WARD_MOCK ? {} : { "/api": backend };

/** `WARD_MOCK=1`: an invented bank answers instead of a running WARD; never part of a build. */
async function mocked(): Promise<Plugin[]> {
  return process.env.WARD_MOCK ? [(await import("./mock/plugin")).mock()] : [];
}

export default defineConfig(async () => ({
  plugins: [react(), tailwindcss(), messages(at("./src/i18n/messages")), ...(await mocked())],
  resolve: { alias: { "@": at("./src") } },
  server: { proxy },
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2023",
  },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://localhost/" } },
    include: ["src/**/*.test.{ts,tsx}"],
  },
}));
