import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleApi } from '../testing/sample-api.ts';
import type { TestApi } from '../testing/test-api.ts';

let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-console-'));
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><script>start()</script><script src="/app.js"></script>',
  );
  await writeFile(path.join(folder, 'app.js'), 'start()');
  ({ api } = await startSampleApi({
    server: {
      consoleDir: folder,
      routes: { '/healthz': () => ({ status: 200, contentType: 'text/plain', body: 'ok' }) },
    },
  }));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

describe('other paths', () => {
  it('are the console, its page for every view', async () => {
    const page = await fetch(`${api.url}/orders/some-id`);
    expect(await page.text()).toContain('<!doctype html>');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+';/);
    expect(await (await fetch(`${api.url}/app.js`)).text()).toBe('start()');
    expect((await fetch(`${api.url}/missing.js`)).status).toBe(404);
  });

  it('are plain routes', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).text()).toBe('ok');
  });
});
