import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const home = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

/** Where the built console is. */
export const consoleDir = path.join(home, 'build');

const changedAt = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
};

async function newestSource(): Promise<number> {
  let newest = await changedAt(path.join(home, 'vite.config.ts'));
  for (const folder of ['src', 'static']) {
    const entries = await readdir(path.join(home, folder), { recursive: true });
    for (const entry of entries) {
      newest = Math.max(newest, await changedAt(path.join(home, folder, entry)));
    }
  }
  return newest;
}

/** Builds the console unless what is built is newer than all that it is built from. */
export async function setup(): Promise<void> {
  const built = await changedAt(path.join(consoleDir, 'index.html'));
  if (built > (await newestSource())) return;
  await run('npm', ['run', 'build'], { cwd: home });
}
