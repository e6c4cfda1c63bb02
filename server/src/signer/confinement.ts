import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HandOver } from './messages.ts';

/** Holds the program, what it imports, and their packages; the same from source and when built. */
const house = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Flags of Node for the signer: no network (sockets of the file system included), no other process, no
 * add-on; of the files only its own code, the packages and the identity to read, and its folder.
 * @param root holds the program and what it imports
 */
export async function confinement(
  { identityFile, folder }: HandOver,
  root = house,
): Promise<string[]> {
  return [
    '--permission',
    ...(await codeFolders(root)).map((read) => `--allow-fs-read=${path.join(read, '*')}`),
    `--allow-fs-read=${identityFile}`,
    `--allow-fs-read=${path.join(folder, '*')}`,
    `--allow-fs-write=${path.join(folder, '*')}`,
  ];
}

/**
 * The house, and where its packages really are: Node's loader asks for real paths, and node_modules
 * may be a link to another place.
 */
async function codeFolders(root: string): Promise<string[]> {
  const packages = ['node_modules', 'server/node_modules'].map((name) => path.join(root, name));
  const real = await Promise.all(
    [root, ...packages].map((folder) => realpath(folder).catch(() => folder)),
  );
  return [...new Set([root, ...real])];
}

/** What a signer that never spoke left on its standard error, in a sentence. */
export function whyItDidNotSpeak(words: string): string {
  const denied = /ERR_ACCESS_DENIED[^]*resource: '([^']+)'/.exec(words)?.[1];
  if (denied === undefined) return `The signer did not start. ${words}`;
  return `The signer did not start: it may not read ${denied}, which is neither in the desk's folder nor in its node_modules. Install the packages there, not as links to another place.`;
}
