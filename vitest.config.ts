import { defineConfig } from 'vitest/config';
import { ClosingLine } from './vitest.reporter.ts';

/** One run over all workspaces. Nothing in a test may depend on how fast the machine is. */
export default defineConfig({
  test: {
    projects: [
      'server',
      'devnet',
      'console',
      {
        test: {
          // Takes both cores for minutes: after everything else.
          name: 'simulation',
          include: ['server/src/simulation/*.test.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: 'house',
          include: ['local/**/*.test.ts', 'lint/**/*.test.{js,ts}', 'bench/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
    reporters: ['default', new ClosingLine()],
  },
});
