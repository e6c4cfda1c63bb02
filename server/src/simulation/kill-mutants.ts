import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, MUTANTS } from './mutants.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const source = path.resolve(import.meta.dirname, '..');
const modules = path.resolve(source, '../../node_modules');

/** Applies the mutant to a copy and plays histories of it. @returns how it ended, in words */
async function tryMutant({ file, from, to, seeds }: Mutant): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-mutant-'));
  try {
    await cp(source, path.join(folder, 'src'), { recursive: true });
    await symlink(modules, path.join(folder, 'node_modules'));
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
    const target = path.join(folder, 'src', file);
    const text = await readFile(target, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`the mutant no longer applies to ${file}`);
    await writeFile(
      target,
      text.replace(from, () => to),
    );
    const program = path.join(folder, 'src/simulation/simulate.ts');
    const child = spawn(process.execPath, [program, '--seeds', `${seeds}`, '--no-shrink'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
    await once(child, 'close');
    return /^seed (\d+) .*breaks:$/m.exec(said)?.[1];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const chosen = MUTANTS.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) throw new Error(`there is no mutant called ${values.only ?? ''}`);
for (const mutant of chosen) {
  const seed = await tryMutant(mutant);
  if (seed === undefined) process.exitCode = 1;
  console.log(`${seed === undefined ? 'ALIVE ' : `seed ${seed}`.padEnd(10)} ${mutant.name}`);
}
