import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { root } from './options.ts';
import { Obstacle, say } from './say.ts';

/** A part of the desk that is built before it runs. */
interface Part {
  readonly name: string;
  /** Files and folders whose content decides whether it has to be built again. */
  readonly sources: readonly string[];
  readonly output: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

const shared = ['package-lock.json', 'tsconfig.base.json'];
const parts: readonly Part[] = [
  {
    name: 'server',
    sources: [...shared, 'server/src', 'server/tsconfig.json', 'server/tsconfig.build.json'],
    output: 'server/dist',
    command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
    cwd: 'server',
  },
  {
    name: 'console',
    sources: [
      ...shared,
      'console/src',
      'console/static',
      'console/vite.config.ts',
      'console/package.json',
      'console/tsconfig.json',
    ],
    output: 'console/build',
    command: ['node_modules/vite/bin/vite.js', 'build'],
    cwd: 'console',
  },
];

/** Where the built parts are. */
export const built = {
  server: path.join(root, 'server/dist/main.js'),
  prepare: path.join(root, 'server/dist/prepare.js'),
  console: path.join(root, 'console/build'),
};

/**
 * Builds what has changed since it was last built; what has not is left as it is.
 *
 * @throws Obstacle when a part does not build; its words are in `logs`.
 */
export async function buildChanged(logs: string): Promise<void> {
  await mkdir(logs, { recursive: true });
  await Promise.all(parts.map((part) => buildPart(part, logs)));
}

async function buildPart(part: Part, logs: string): Promise<void> {
  const stamp = path.join(root, part.output, '.built-from');
  const mark = await markOf(part.sources);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === mark) return;
  say(`Building the ${part.name} …`);
  // What was built from a file that is gone must not stay.
  await rm(path.join(root, part.output), { recursive: true, force: true });
  const log = path.join(logs, `build-${part.name}.log`);
  const [program = '', ...args] = part.command;
  const child = spawn(process.execPath, [path.join(root, program), ...args], {
    cwd: path.join(root, part.cwd),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const [code] = (await once(child, 'close')) as [number | null];
  file.end();
  await finished(file);
  if (code !== 0) {
    const words = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-12).join('\n');
    throw new Obstacle(`The ${part.name} does not build; its words, from ${log}:\n${words}`);
  }
  await writeFile(stamp, mark);
  say(`The ${part.name} is built`);
}

/** A hash of the content of all files below the sources, tests left out. */
async function markOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    for (const file of await filesBelow(path.join(root, source))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesBelow(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(
    () => undefined,
  );
  if (entries === undefined) return [place];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}
