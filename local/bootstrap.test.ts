import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let clone: string;
const lockFile = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } };

/** A clone with a lock file, a program to hand over to, and an npm that notes how it was called. */
beforeEach(async () => {
  clone = await mkdtemp(path.join(tmpdir(), 'energy-desk-clone-'));
  await mkdir(path.join(clone, 'local'));
  await cp(
    path.join(import.meta.dirname, 'bootstrap.mjs'),
    path.join(clone, 'local/bootstrap.mjs'),
  );
  await writeFile(path.join(clone, 'package-lock.json'), JSON.stringify(lockFile));
  await writeFile(
    path.join(clone, 'local/start.ts'),
    'console.log(process.version, process.argv[2]);',
  );
  await writeFile(
    path.join(clone, 'npm.mjs'),
    `import fs from 'node:fs';
     fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
     if (fs.existsSync('offline')) process.exit(1);
     fs.mkdirSync('node_modules/.bin', { recursive: true });
     fs.rmSync('node_modules/.bin/node', { force: true });
     fs.symlinkSync(process.execPath, 'node_modules/.bin/node');
     fs.writeFileSync('node_modules/.package-lock.json', fs.readFileSync('package-lock.json'));`,
  );
});

afterEach(() => rm(clone, { recursive: true, force: true }));

async function bootstrap(...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['local/bootstrap.mjs', ...args], {
    cwd: clone,
    env: { PATH: process.env['PATH'] ?? '', npm_execpath: path.join(clone, 'npm.mjs') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: out.trim() };
}

const npmCalls = async (): Promise<number> => {
  const text = await readFile(path.join(clone, 'calls'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line.startsWith('install --no-save ')).length;
};

describe('bootstrap', () => {
  it('installs what is missing once, says so, and hands over with the flags', async () => {
    const first = await bootstrap('start', '--port=3001');
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Installing packages \(npm install\)/);
    expect(first.out).toContain(`${process.version} --port=3001`);
    const second = await bootstrap('start', 'again');
    expect(second.out).toBe(`${process.version} again`);
    expect(await npmCalls()).toBe(1);
  });

  it('installs again when the lock file asks for something else', async () => {
    await bootstrap('start');
    const newer = { packages: { ...lockFile.packages, 'node_modules/a': { version: '1.0.1' } } };
    await writeFile(path.join(clone, 'package-lock.json'), JSON.stringify(newer));
    await bootstrap('start');
    expect(await npmCalls()).toBe(2);
  });

  it('leaves packages alone that somebody installed by hand', async () => {
    await mkdir(path.join(clone, 'node_modules/.bin'), { recursive: true });
    await symlink(process.execPath, path.join(clone, 'node_modules/.bin/node'));
    await writeFile(path.join(clone, 'node_modules/.package-lock.json'), JSON.stringify(lockFile));
    expect((await bootstrap('start')).code).toBe(0);
    expect(await npmCalls()).toBe(0);
  });

  it('tells that npm failed, and does not take the half for the whole', async () => {
    await writeFile(path.join(clone, 'offline'), '');
    expect(await bootstrap('start')).toMatchObject({
      code: 1,
      out: expect.stringContaining('npm install failed (its words are above)') as string,
    });
    await rm(path.join(clone, 'offline'));
    expect((await bootstrap('start')).code).toBe(0);
    expect(await npmCalls()).toBe(2);
  });

  it('passes the exit code on, and refuses what it does not know', async () => {
    await writeFile(path.join(clone, 'local/start.ts'), 'process.exit(7);');
    expect((await bootstrap('start')).code).toBe(7);
    expect(await bootstrap('strat')).toEqual({
      code: 1,
      out: 'Say what to do: start, test, demo, install.',
    });
  });
});
