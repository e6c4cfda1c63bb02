import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programs } from './instance.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles the desk's programs for the matrix. @throws with the compiler's words */
export async function buildPrograms(): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      path.join(root, 'server/tsconfig.build.json'),
      '--outDir',
      programs,
      '--tsBuildInfoFile',
      path.join(programs, '.tsbuildinfo'),
    ]);
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`the desk does not build:\n${stdout}`, { cause: error });
  }
}
