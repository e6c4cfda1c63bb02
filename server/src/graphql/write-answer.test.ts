import { describe, expect, it } from 'vitest';
import { writeAnswer } from './write-answer.ts';

describe('an answer', () => {
  const data = { order: { number: 'A7K29-QWDX3' } };

  it.each([
    ['with data alone', { data }],
    ['with errors beside', { data, errors: [{ message: 'no', path: ['order'] }] }],
    ['without data', { errors: [{ message: 'no' }] }],
    ['whose data an error took away', { data: null, errors: [{ message: 'no' }] }],
    ['with extensions', { extensions: { cost: 1 }, data }],
  ])('%s is sent whole, first or again', (_what, answer) => {
    for (const text of [writeAnswer(answer), writeAnswer(answer)]) {
      expect(JSON.parse(text)).toEqual(answer);
    }
  });
});
