import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Edit, Mutant } from './mutants.ts';

/** Where the file is now: others move files, and a name is there once. @throws when it is not */
async function locate(source: string, name: string): Promise<string> {
  const found: string[] = [];
  for await (const file of glob(`**/${name}`, { cwd: source })) found.push(file);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`there are ${found.length} files called ${name}`);
  }
  return path.join(source, first);
}

/** The file with the change in it. @throws when the text is not there exactly once */
export async function changed(
  source: string,
  { file, from, to }: Edit,
): Promise<{ target: string; text: string }> {
  const target = await locate(source, file);
  const text = await readFile(target, 'utf8');
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`"${from.slice(0, 60)}" is ${times} times in ${file}`);
  return { target, text: text.replace(from, () => to) };
}

/** Makes the mistake in a copy of the sources. @returns the files that are changed */
export async function applyMutant({ edits }: Mutant, source: string): Promise<string[]> {
  const targets: string[] = [];
  for (const edit of edits) {
    const { target, text } = await changed(source, edit);
    await writeFile(target, text);
    targets.push(target);
  }
  return targets;
}
