import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildChanged } from './build.ts';
import { root } from './options.ts';
import { Obstacle, say } from './say.ts';

/** Says what the machine lacks for the whole suite; the tests that need it are then skipped. */
function warnOfGaps(): void {
  if (process.env['MONGO_TEST_URL'] === undefined) {
    console.warn(
      '\n*** MONGO_TEST_URL is not set: the tests of the jobs on MongoDB are SKIPPED. .ci/run sets it. ***\n',
    );
  }
}

try {
  // The console's tests in the browser use what people will use.
  await buildChanged(path.join(root, '.data', 'logs'));
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}
warnOfGaps();
say('Running the tests');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches vitest by itself; it cleans up, and we wait for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('disconnect', () => child.kill('SIGTERM'));
const [code] = (await once(child, 'exit')) as [number | null];
process.exit(code ?? 1);
