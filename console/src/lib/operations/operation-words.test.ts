import { expect, test } from 'vitest';
import { en } from '../messages/en/en.ts';
import { zh } from '../messages/zh/zh.ts';
import { effectText, readProblem } from './operation-words.ts';

const stake = {
  kind: 'FREEZE' as const,
  amount: '1250000000',
  receiver: null,
  resource: 'ENERGY' as const,
  votes: null,
  tokens: null,
};

test('says what an operation does in both languages', () => {
  expect(effectText(stake, zh)).toBe('质押 1\u2009250 TRX，换取能量');
  expect(effectText(stake, en)).toBe('Stakes 1\u2009250 TRX for Energy');
  const vote = { ...stake, kind: 'VOTE' as const, amount: null, votes: [{ witness: 'T' }] };
  expect(effectText(vote, en)).toContain('1 witness,');
  const receiver = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
  const usdt = { ...stake, kind: 'TOKEN_TRANSFER' as const, receiver, tokens: { amount: '12.5' } };
  expect(effectText(usdt, en)).toBe('Sends 12.5 USDT to TR7NHq…gjLj6t');
});

test('tells a refusal from a halt, from silence and from a death', () => {
  expect(readProblem("The signer refused (HALTED): The signer's kill switch is on: x").kind).toBe(
    'halted',
  );
  expect(readProblem('The signer refused (RATE_LIMIT): too many').kind).toBe('refused');
  expect(readProblem('The signer gave no signature; it is asked again.').kind).toBe('silent');
  expect(readProblem('The last transaction never got into a block.').kind).toBe('neverLanded');
  expect(readProblem('Something new').kind).toBe('other');
});
