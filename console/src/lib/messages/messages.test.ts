import { describe, expect, test } from 'vitest';
import { en } from './en/en.ts';
import { zh } from './zh/zh.ts';

type Leaf = { path: string; kind: string; text: string };

const leaves = (value: unknown, path = ''): Leaf[] => {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  }
  const kind = typeof value === 'function' ? `function/${value.length}` : typeof value;
  return [{ path, kind, text: String(value) }];
};

describe('the two languages', () => {
  test('have the same keys of the same kinds', () => {
    const shape = (messages: unknown) =>
      leaves(messages)
        .map(({ path, kind }) => `${path} ${kind.split('/')[0] ?? ''}`)
        .sort();
    expect(shape(en)).toEqual(shape(zh));
  });

  test('leave nothing empty', () => {
    for (const messages of [zh, en]) {
      expect(leaves(messages).filter(({ text }) => text.trim() === '')).toEqual([]);
    }
  });

  test('English contains no Chinese but the name of the other language', () => {
    const chinese = leaves(en).filter(({ text }) => /\p{Script=Han}/u.test(text));
    expect(chinese.map(({ path }) => path)).toEqual(['.frame.switchLanguage']);
  });
});
