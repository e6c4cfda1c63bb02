import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HEAP_FLAGS } from '../server/src/heap-flags.ts';
import { root } from './options.ts';

it('starts the server in the image as `npm start` does', async () => {
  const file = await readFile(path.join(root, 'Dockerfile'), 'utf8');
  const command: unknown = JSON.parse(/^CMD (.*)$/m.exec(file)?.[1] ?? '');
  expect(command).toEqual(['node', ...HEAP_FLAGS, 'server/dist/main.js']);
});
