import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const house = "src/goodword";

/** Each room may bring `app/main.ts` (loaded on its pages) and `app/desk.ts` (loaded beside it in the office shell). */
function entries(): string[] {
  const rooms = [`${house}/parts`, ...readdirSync(`${house}/faces`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${house}/faces/${entry.name}`)];
  const names = ["main.ts", "desk.ts"];
  return rooms.flatMap((room) => names.map((name) => `${room}/app/${name}`)).filter((path) => existsSync(path));
}

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: resolve(`${house}/parts/static/built`),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { input: entries() },
  },
  test: {
    environment: "happy-dom",
    include: [`${house}/**/app/**/*.test.ts`],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
