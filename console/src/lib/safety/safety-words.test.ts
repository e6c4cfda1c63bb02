import { expect, test } from 'vitest';
import { zh } from '../messages/zh/zh.ts';
import { en } from '../messages/en/en.ts';
import { strictestWords, targetName, whyRestricted } from './safety-words.ts';

const wallets = new Map([['0199aa00-0000-7000-8000-000000000001', 'Alpha']]);

test('names what is restricted', () => {
  const name = (scope: 'ALL' | 'PRODUCT' | 'WALLET', subject: string | null) =>
    targetName({ scope, subject }, wallets, zh);
  expect(name('ALL', null)).toBe('全部业务');
  expect(name('PRODUCT', 'ENERGY_RENTAL')).toBe('能量租赁');
  expect(name('WALLET', '0199aa00-0000-7000-8000-000000000001')).toBe('钱包 Alpha');
  expect(name('WALLET', '0199bb00-0000-7000-8000-000000000002')).toBe('钱包 0199bb00');
});

test("tells a check's finding in the reader's language, a person's reason as it was given", () => {
  const evidence = { differenceId: 'd', chainSun: '1500000', booksSun: '2000000', block: '7' };
  const drift = { source: 'DRIFT', reason: 'as written', evidence } as const;
  expect(whyRestricted(drift, zh)).toBe('链上代理与账本相差 −0.5 TRX');
  expect(whyRestricted(drift, en)).toContain('−0.5 TRX');
  expect(whyRestricted({ source: 'PERSON', reason: '升级', evidence: null }, en)).toBe('升级');
});

test('of several words about the same the strictest stands for all', () => {
  const word = (
    scope: 'ALL' | 'WALLET',
    subject: string | null,
    mode: 'QUEUE' | 'REFUSE',
    by: string,
  ) => ({
    scope,
    subject,
    mode,
    by,
  });
  const words = [
    word('ALL', null, 'QUEUE', 'first'),
    word('WALLET', 'a', 'QUEUE', 'weaker'),
    word('WALLET', 'a', 'REFUSE', 'stricter'),
    word('ALL', null, 'QUEUE', 'second'),
  ];
  expect(strictestWords(words).map(({ by }) => by)).toEqual(['stricter', 'first']);
});
