import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileJournal, type JournalOptions } from './journal.ts';
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

const NONCE = 'ab'.repeat(16);

function openJournal(options: Partial<JournalOptions> = {}): Promise<FileJournal> {
  const silent = (): void => undefined;
  return FileJournal.open(file, { at: 1, nonce: NONCE, recallFrom: 0, recall: silent, ...options });
}

/** Writes the entries with these numbers, all at once. */
async function write(...numbers: number[]): Promise<void> {
  const journal = await openJournal({ at: numbers[0] ?? 1 });
  await Promise.all(numbers.map((number) => journal.append(entry(number))));
  await journal.close();
}

async function read(recallFrom = 0): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  const recall = (one: JournalEntry): void => void entries.push(one);
  const journal = await openJournal({ recall, recallFrom });
  await journal.close();
  return entries.filter(({ kind }) => kind === 'halted');
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
    expect(parsed.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(parsed.slice(1).map(({ prev }) => prev)).toEqual(
      parsed.slice(0, -1).map(({ hash }) => hash),
    );
  });

  it('has the entry in the file when its append resolves', async () => {
    const journal = await openJournal();
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
    const second = whole.trimEnd().lastIndexOf('\n') + 1;
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
    await expect(read()).rejects.toThrow(/is broken at (line \d|its)/);
  });

  it('writes nothing more after an error', async () => {
    const journal = await openJournal();
    await journal.append(entry(1));
    await journal.close();
    await expect(journal.append(entry(2))).rejects.toThrow('cannot be written');
    await expect(journal.append(entry(3))).rejects.toThrow('cannot be written');
    expect(await read()).toEqual([entry(1)]);
  });
});

describe('a journal of several files', () => {
  const DAY = 86_400_000;
  const HOUR = DAY / 24;
  const names = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const part = (name: string): string => path.join(folder, name);
  const SECOND = 'journal-000000000004.jsonl';
  const THIRD = 'journal-000000000007.jsonl';

  /** Two entries on each of three days. */
  async function threeDays(): Promise<void> {
    const journal = await openJournal();
    for (const day of [0, 1, 2]) {
      await Promise.all([1, 2].map((hour) => journal.append(entry(day * DAY + hour * HOUR))));
    }
    await journal.close();
  }
  const all = [0, 1, 2].flatMap((day) => [1, 2].map((hour) => entry(day * DAY + hour * HOUR)));

  it('begins a file a day, which names the hash that the one before ended with', async () => {
    await threeDays();
    expect(await names()).toEqual([SECOND, THIRD, 'journal.jsonl']);
    const last = (await text()).trimEnd().split('\n').at(-1) ?? '';
    const first = (await readFile(part(SECOND), 'utf8')).split('\n')[0] ?? '';
    const { hash: before } = JSON.parse(last) as { hash: string };
    const began = (await text()).split('\n')[0] ?? '';
    expect(JSON.parse(first)).toMatchObject({
      seq: 4,
      prev: before,
      entry: { kind: 'continued', journal: (JSON.parse(began) as { hash: string }).hash },
    });
    expect(await read()).toEqual(all);
  });

  it('begins a file when one is full, in the middle of what is written at once', async () => {
    const journal = await openJournal({ mostBytes: 1_000 });
    await Promise.all(Array.from({ length: 50 }, (_, index) => journal.append(entry(index))));
    const { seq, hash: tail } = journal.tail();
    await journal.close();
    const files = await names();
    expect(files.length).toBeGreaterThan(5);
    expect(await read()).toEqual(Array.from({ length: 50 }, (_, index) => entry(index)));
    const again = await openJournal();
    expect(again.tail()).toMatchObject({ seq, hash: tail });
    await again.close();
  });

  it('goes on in the last file, and remembers no more than is asked for', async () => {
    await threeDays();
    await write(2 * DAY + 3 * HOUR);
    expect(await names()).toHaveLength(3);
    expect(await read(2 * DAY)).toEqual([...all.slice(4), entry(2 * DAY + 3 * HOUR)]);
  });

  it('goes on where it died between two files', async () => {
    await threeDays();
    await truncate(part(THIRD), 10);
    await write(2 * DAY + HOUR);
    expect(await read()).toEqual(all.slice(0, 5));
    await rm(part(THIRD));
    await write(2 * DAY + HOUR);
    expect(await names()).toEqual([SECOND, THIRD, 'journal.jsonl']);
    expect(await read()).toEqual(all.slice(0, 5));
  });

  it('may lose its oldest files, and none between', async () => {
    await threeDays();
    await rm(part('journal.jsonl'));
    expect(await read()).toEqual(all.slice(2));
  });

  it.each<[string, () => Promise<void>]>([
    ['a file between is gone', () => rm(part(SECOND))],
    ['a file between was emptied', () => writeFile(part(SECOND), '')],
    [
      'the end of a closed file was cut off',
      async () => {
        const whole = await readFile(part(SECOND), 'utf8');
        await writeFile(part(SECOND), whole.slice(0, whole.trimEnd().lastIndexOf('\n') + 1));
      },
    ],
    ['something was appended to a closed file', () => appendFile(part(SECOND), 'x')],
    [
      'a line of a remembered file was changed',
      async () => {
        const whole = await readFile(part(SECOND), 'utf8');
        await writeFile(part(SECOND), whole.replace(`number ${DAY + HOUR}`, 'number 7'));
      },
    ],
  ])('does not open when %s', async (_, change) => {
    await threeDays();
    await change();
    await expect(read()).rejects.toThrow(CannotStart);
  });
});
