import { defineConfig } from 'vitest/config';

/** One run over all workspaces. Nothing in a test may depend on how fast the machine is. */
export default defineConfig({
  test: {
    projects: ['server', 'devnet', 'console'],
  },
});
