import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HEAP_ENVIRONMENT, heapFlags, SMALL_HEAP } from '../server/src/heap-flags.ts';
import { root } from './options.ts';

it('starts the server in the image as `npm start` does', async () => {
  const file = await readFile(path.join(root, 'Dockerfile'), 'utf8');
  const command: unknown = JSON.parse(/^CMD (.*)$/m.exec(file)?.[1] ?? '');
  expect(command).toEqual(['node', ...SMALL_HEAP, 'server/dist/main.js']);
  for (const [name, value] of Object.entries(HEAP_ENVIRONMENT)) {
    expect(file).toMatch(new RegExp(`^ENV .*\\b${name}=${value}$`, 'm'));
  }
});

it('starts the role api by itself as its own kind of housekeeping asks', async () => {
  const file = await readFile(path.join(root, 'docker-compose.yml'), 'utf8');
  const api = /^ {2}api:\n(?: {4}.*\n)+/m.exec(file)?.[0];
  const command = ['node', ...heapFlags(['api']), 'server/dist/main.js'].join(', ');
  expect(api).toContain(`command: [${command}]`);
});
