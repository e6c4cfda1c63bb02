import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyMutant } from './apply-mutant.ts';
import { migrateCopy } from './migrate-copy.ts';
import { type Mutant, MUTANTS } from './mutants.ts';
import { Player, Stages } from './crew.ts';
import { today } from './seed-of-today.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rotate: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const source = path.resolve(import.meta.dirname, '..');
const modules = path.resolve(source, '../../node_modules');

/** A copy of the server's sources that finds its packages. */
async function copySources(folder: string): Promise<string> {
  const copy = path.join(folder, 'src');
  await cp(source, copy, { recursive: true });
  await symlink(modules, path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  return copy;
}

/** Plays histories of the mutant until one breaks. @returns the seed and what broke */
async function tryMutant(stages: Stages, mutant: Mutant): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'energy-desk-mutant-'));
  try {
    const copy = await copySources(folder);
    const files = await applyMutant(mutant, copy);
    const changesSchema = files.some((file) => file.includes('/migrations/'));
    const url = await stages.make(changesSchema ? 'empty' : 'migrated');
    if (changesSchema) await migrateCopy(copy, url);
    const player = new Player(url, copy);
    try {
      for (let seed = 1; seed <= mutant.seeds; seed += 1) {
        const { breaks } = await player.play({ seed, twice: false, shrink: false });
        const [first] = breaks;
        if (first !== undefined) return `seed ${seed}: ${first.slice(0, 150)}`;
      }
      return undefined;
    } finally {
      await player.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By rotation other ones every day, so that all have their turn. */
function choose(): readonly Mutant[] {
  if (values.only !== undefined) return MUTANTS.filter(({ name }) => name === values.only);
  if (values.rotate === undefined) return MUTANTS;
  const count = Number(values.rotate);
  const first = (today() * count) % MUTANTS.length;
  return [...MUTANTS, ...MUTANTS].slice(first, first + count);
}

const chosen = choose();
if (chosen.length === 0) throw new Error(`there is no mutant called ${values.only ?? ''}`);
const began = performance.now();
const stages = await Stages.open();
let alive = 0;
try {
  const left = [...chosen];
  const work = async (): Promise<void> => {
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const killed = await tryMutant(stages, mutant).catch((error: unknown) => {
        console.log(`${mutant.name}:`, error instanceof Error ? error.message : error);
        return undefined;
      });
      if (killed === undefined) alive += 1;
      console.log(
        killed === undefined
          ? `ALIVE after ${mutant.seeds} seeds: ${mutant.name}`
          : `killed: ${mutant.name} (within ${mutant.seeds} seeds) by ${killed}`,
      );
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, work));
} finally {
  await stages.close();
}
const seconds = ((performance.now() - began) / 1_000).toFixed(1);
console.log(`${chosen.length - alive} of ${chosen.length} mutants killed in ${seconds} s`);
if (alive > 0) process.exitCode = 1;
