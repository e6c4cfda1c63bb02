import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseUserRef, type UserRef } from './user-ref.ts';

const clientId = randomUUID();
const telegram = (telegramId: bigint): UserRef => ({ by: 'telegramId', telegramId });

describe('parseUserRef', () => {
  it('reads each of the three', () => {
    const id = randomUUID();
    expect(parseUserRef({ id: id.toUpperCase() }, null)).toEqual({ by: 'id', id });
    expect(parseUserRef({ telegramId: '123', id: null }, null)).toEqual(telegram(123n));
    expect(parseUserRef({ externalId: 'shop-7' }, clientId)).toEqual({
      by: 'externalId',
      clientId,
      externalId: 'shop-7',
    });
  });

  it.each([
    [{}, 'input.user', /none is given/],
    [{ id: randomUUID(), telegramId: '1' }, 'input.user', /id and telegramId are given/],
    [{ id: '7' }, 'input.user.id', /UUID/],
    [{ telegramId: '0' }, 'input.user.telegramId', /above 0/],
    [{ telegramId: '-5' }, 'input.user.telegramId', /above 0/],
    [{ telegramId: '1.5' }, 'input.user.telegramId', /above 0/],
    [{ telegramId: String(2n ** 52n) }, 'input.user.telegramId', /above 0/],
    [{ externalId: '' }, 'input.user.externalId', /1 to 128/],
    [{ externalId: ' a' }, 'input.user.externalId', /no blanks/],
    [{ externalId: 'a\u200bb' }, 'input.user.externalId', /printable/],
    [{ externalId: 'x'.repeat(129) }, 'input.user.externalId', /1 to 128/],
  ])('refuses %j', (input, field, message) => {
    expect(() => parseUserRef(input, clientId)).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        field,
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  it('knows no external id without an API client', () => {
    expect(() => parseUserRef({ externalId: 'a' }, null)).toThrow(/API client/);
  });
});
