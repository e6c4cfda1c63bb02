import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { generateX25519Identity } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './serve.ts';

let folder: string;
let identity: string;
let handOver: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signer-serve-'));
  identity = await generateX25519Identity();
  const identityFile = path.join(folder, 'identity.age');
  await writeFile(identityFile, `${identity}\n`);
  handOver = JSON.stringify({ identityFile, folder });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** What the signer says to these words, and its exit code. */
async function talk(words: string): Promise<{ code: number; said: unknown[] }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const code = serve(input, output, () => 1, 'ab'.repeat(16));
  input.end(words);
  const ended = await code;
  output.end();
  const said = (await text(output)).trimEnd().split('\n').filter(Boolean);
  return { code: ended, said: said.map((line): unknown => JSON.parse(line)) };
}

const hash: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
const tail = { journal: hash, seq: expect.any(Number) as unknown, hash };

const misunderstood = (id: number): object => ({
  id,
  refused: { code: 'BAD_REQUEST', message: 'The signer does not understand this request.' },
});

describe('the talk with the signer', () => {
  it('begins with the hand-over and ends with the input', async () => {
    const asked = '{"ask":"status","id":1}';
    expect(await talk(`${handOver}\n${asked}\n`)).toEqual({
      code: 0,
      said: [{ ready: true }, { id: 1, haltedBecause: null, tail }],
    });
    expect(await talk('')).toEqual({ code: 0, said: [] });
  });

  it.each([
    ['garbage', 'GET / HTTP/1.1'],
    ['a request', '{"ask":"status","id":1}'],
    ['a hand-over with more in it', '{"identityFile":"/a","folder":"/b","token":"c"}'],
  ])('does not begin with %s, and answers nothing after it', async (_, first) => {
    const { code, said } = await talk(`${first}\n{"ask":"status","id":1}\n`);
    expect(code).toBe(1);
    expect(said).toMatchObject([{ ready: false }]);
  });

  it.each([
    ['garbage', '\0\u{1f600}{{{', -1],
    ['a list', '[1,2,3]', -1],
    ['another question', '{"ask":"export","id":7}', 7],
    ['a txid of the caller', '{"ask":"sign","id":8,"txid":"00"}', 8],
    ['no hexadecimal', sign(9, { rawDataHex: 'xyz' }), 9],
    ['half a byte', sign(10, { rawDataHex: 'abc' }), 10],
    ['an address that is none', sign(11, { owner: 'T' }), 11],
    ['a permission below 0', sign(12, { permissionId: -1 }), 12],
    ['a key that is no text', sign(13, { sealedKey: { a: 1 } }), 13],
    ['a poisoned prototype', '{"ask":"status","id":14,"__proto__":{"ask":"sign"}}', 14],
  ])('refuses %s and goes on', async (_, line, id) => {
    const { code, said } = await talk(`${handOver}\n${line}\n{"ask":"status","id":99}\n`);
    expect(code).toBe(0);
    expect(said).toHaveLength(3);
    expect(said).toEqual(
      expect.arrayContaining([misunderstood(id), { id: 99, haltedBecause: null, tail }]),
    );
  });

  it('ends when a line has no message’s length', async () => {
    const { code, said } = await talk(
      `${handOver}\n${'a'.repeat(70_000)}\n{"ask":"status","id":1}\n`,
    );
    expect({ code, said }).toEqual({ code: 2, said: [{ ready: true }] });
  });

  it('does not start on a journal that was changed, and says so', async () => {
    await talk(`${handOver}\n{"ask":"halt","id":1,"reason":"one"}\n`);
    const journal = path.join(folder, 'journal-1.jsonl');
    await writeFile(journal, (await readFile(journal, 'utf8')).replace('one', 'two'));
    const { said } = await talk(`${handOver}\n`);
    expect(said).toMatchObject([{ ready: false }]);
    expect(JSON.stringify(said)).toContain('is broken at its last line');
    expect(JSON.stringify(said)).not.toContain(identity);
    await rm(journal);
    await rm(path.join(folder, 'STOP.desk'));
  });
});

function sign(id: number, change: object): string {
  return JSON.stringify({
    ask: 'sign',
    id,
    owner: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
    permissionId: 0,
    rawDataHex: '0a',
    sealedKey: 'sealed',
    ...change,
  });
}
