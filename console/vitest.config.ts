import { createRequire } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  resolve: {
    // The browser tests run the whole desk in this process: it must see one graphql only.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    name: 'console',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: ['tests/built-console.ts', '../server/src/testing/postgres-for-tests.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Icons are Svelte components, which Node cannot import by itself.
    server: { deps: { inline: [/@lucide\/svelte/] } },
  },
});
