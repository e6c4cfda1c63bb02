import { describe, expect, test } from 'vitest';
import { passwordFaults } from './password-faults.ts';
import { returnPath } from './return-path.ts';

describe('where to go after signing in', () => {
  test.each([
    ['/orders?state=PENDING', '/orders?state=PENDING'],
    ['/', '/'],
    [null, '/'],
    ['', '/'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/sign-in?next=/orders', '/'],
  ])('%j leads to %s', (wanted, path) => {
    expect(returnPath(wanted)).toBe(path);
  });
});

describe('a change of password', () => {
  const good = { current: 'old password', next: 'a new password', repeat: 'a new password' };

  test('is in order', () => {
    expect(passwordFaults(good)).toEqual({});
  });

  test('names each fault at its field', () => {
    expect(passwordFaults({ current: '', next: 'short', repeat: '' })).toEqual({
      current: 'passwordMissing',
      next: 'nextShort',
      repeat: 'repeatDiffers',
    });
    expect(passwordFaults({ ...good, current: good.next })).toEqual({ next: 'nextSame' });
  });
});
