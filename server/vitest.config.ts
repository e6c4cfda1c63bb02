import { createRequire } from 'node:module';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Node gives the libraries graphql's CommonJS build; our own code must get the same one.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    name: 'server',
    include: ['src/**/*.test.ts'],
    // A project of its own, at the root.
    exclude: [...configDefaults.exclude, 'src/simulation/**'],
    globalSetup: ['src/testing/postgres-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
