import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Runs one of this folder's programs to its end, and shows what it says. @returns its exit code and words */
export async function runProgram(
  name: string,
  flags: readonly string[],
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, name), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => (said += piece.toString()));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  process.stdout.write(said);
  return { code, said };
}
