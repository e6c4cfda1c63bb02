import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileJournal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import { CannotStart } from './refusal.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signer-journal-'));
  file = path.join(folder, 'journal.jsonl');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const entry = (number: number): JournalEntry => ({
  kind: 'halted',
  at: number,
  reason: `number ${number}`,
});

/** Writes the entries with these numbers, all at once. */
async function write(...numbers: number[]): Promise<void> {
  const journal = await FileJournal.open(file, () => undefined);
  await Promise.all(numbers.map((number) => journal.append(entry(number))));
  await journal.close();
}

async function read(): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const journal = await FileJournal.open(file, (one) => entries.push(one));
  await journal.close();
  return entries;
}

const text = (): Promise<string> => readFile(file, 'utf8');

describe('the journal', () => {
  it('keeps its entries in order over several starts, each chained to the one before', async () => {
    await write(1, 2, 3);
    await write(4, 5);
    expect(await read()).toEqual([1, 2, 3, 4, 5].map(entry));
    const lines = (await text()).trimEnd().split('\n');
    const parsed = lines.map(
      (line) => JSON.parse(line) as { seq: number; prev: string; hash: string },
    );
    expect(parsed.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(parsed.slice(1).map(({ prev }) => prev)).toEqual(
      parsed.slice(0, -1).map(({ hash }) => hash),
    );
  });

  it('has the entry in the file when its append resolves', async () => {
    const journal = await FileJournal.open(file, () => undefined);
    const first = journal.append(entry(1));
    const second = journal.append(entry(2));
    await first;
    expect(await text()).toContain('number 1');
    await second;
    expect(await text()).toContain('number 2');
    await journal.close();
  });

  it.each(['{"seq":3,"prev":"', '{', '\0\0\0\0'])('cuts off a torn tail: %j', async (tail) => {
    await write(1, 2);
    const whole = await text();
    await appendFile(file, tail);
    expect(await read()).toEqual([entry(1), entry(2)]);
    expect(await text()).toBe(whole);
    await write(3);
    expect(await read()).toEqual([1, 2, 3].map(entry));
  });

  it('loses only the last entry, whose signature never left, wherever it is torn', async () => {
    await write(1, 2);
    const whole = await text();
    const second = whole.indexOf('\n') + 1;
    for (let length = second; length < whole.length; length += 1) {
      await writeFile(file, whole.slice(0, length));
      expect(await read()).toEqual([entry(1)]);
    }
  });

  it.each<[string, (lines: string[]) => string[]]>([
    ['changed', (lines) => lines.map((line) => line.replace('number 2', 'number 7'))],
    ['taken out', (lines) => lines.filter((_, index) => index !== 1)],
    ['taken out at the beginning', (lines) => lines.slice(1)],
    ['put in twice', ([first = '', ...rest]) => [first, first, ...rest]],
    ['swapped', ([first = '', second = '', ...rest]) => [second, first, ...rest]],
    ['written in another form', (lines) => lines.map((line) => line.replace('{', '{ '))],
    ['emptied', ([first = '', , ...rest]) => [first, '', ...rest]],
  ])('does not open when a line was %s', async (_, change) => {
    await write(1, 2, 3);
    const lines = (await text()).trimEnd().split('\n');
    await writeFile(file, `${change(lines).join('\n')}\n`);
    await expect(read()).rejects.toThrow(CannotStart);
    await expect(read()).rejects.toThrow(/is broken at line \d/);
  });

  it('writes nothing more after an error', async () => {
    const journal = await FileJournal.open(file, () => undefined);
    await journal.append(entry(1));
    await journal.close();
    await expect(journal.append(entry(2))).rejects.toThrow('cannot be written');
    await expect(journal.append(entry(3))).rejects.toThrow('cannot be written');
    expect(await read()).toEqual([entry(1)]);
  });
});
