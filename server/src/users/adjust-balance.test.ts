import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type Actor, system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import type { Currency } from '../kernel/money.ts';
import { systemRandom } from '../kernel/random.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { type Adjustment, adjustBalance } from './adjust-balance.ts';
import { ensureUsers } from './ensure-users.ts';
import { balancesOf } from './user-figures.ts';
import type { UserRow } from './user-row.ts';

const ids = new IdMaker(systemClock, systemRandom);
let place: TestDatabase;
let database: Database;
let nextTelegramId = 10_000n;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 10,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
});
afterAll(async () => {
  expect((await checkBooks(database.read())).breaks).toEqual([]);
  await database.close();
  await place.drop();
});

const newUser = async (): Promise<UserRow> => {
  nextTelegramId += 1n;
  const [user] = await database.transaction(system('test'), (em) =>
    ensureUsers(em, ids, [{ by: 'telegramId', telegramId: nextTelegramId }]),
  );
  if (!user) throw new Error('no user was made');
  return user;
};

describe('adjustBalance', () => {
  const operator = { kind: 'OPERATOR', id: randomUUID(), name: 'Ada' } as const;
  const adjust = (user: UserRow, change: Partial<Adjustment>, by: Actor = operator) =>
    database.transaction(by, (em) =>
      adjustBalance(em, ids, by, {
        user: { by: 'id', id: user.id },
        amount: 5_000_000n,
        currency: 'TRX',
        reason: 'goodwill',
        idempotencyKey: randomUUID(),
        ...change,
      }),
    );
  const balance = async (user: UserRow, currency: Currency = 'TRX') =>
    (await balancesOf(database.read(), [user.id]))
      .get(user.id)
      ?.find((row) => row.currency === currency)?.available;

  it('gives and takes, down to zero and no further', async () => {
    const user = await newUser();
    await adjust(user, { amount: 5_000_000n });
    await adjust(user, { amount: -2_000_001n });
    await adjust(user, { amount: 7n, currency: 'USDT' });
    expect(await balance(user)).toBe(2_999_999n);
    expect(await balance(user, 'USDT')).toBe(7n);
    await expect(adjust(user, { amount: -3_000_000n })).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      field: 'input.amount',
      details: { required: '3', available: '2.999999', currency: 'TRX' },
    });
    await adjust(user, { amount: -2_999_999n });
    expect(await balance(user)).toBe(0n);
  });

  it('stands in the books with who, why and against what', async () => {
    const user = await newUser();
    await adjust(user, { idempotencyKey: 'k-1', reason: ' lost deposit ' });
    const entries = await query(
      database.read(),
      `select t.kind, t.reference, t.reason, t.actor, a.code, e.amount
       from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
       join ledger_accounts a on a.id = e.account_id
       where t.reference = $1 order by a.code desc`,
      [`OPERATOR:${operator.id}:k-1`],
    );
    const same = {
      kind: 'adjustment',
      reference: `OPERATOR:${operator.id}:k-1`,
      reason: 'lost deposit',
      actor: `OPERATOR:${operator.id}:Ada`,
    };
    expect(entries).toEqual([
      { ...same, code: 'user.available', amount: 5_000_000n },
      { ...same, code: 'desk.adjustments', amount: -5_000_000n },
    ]);
  });

  it('moves money once per key, also when the same request comes ten times at once', async () => {
    const user = await newUser();
    const once = { idempotencyKey: randomUUID(), amount: 1_000_000n };
    const answers = await Promise.all(Array.from({ length: 10 }, () => adjust(user, once)));
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([user.id]));
    expect(await balance(user)).toBe(1_000_000n);
  });

  it('answers a repeated taking as before, although the balance is gone', async () => {
    const user = await newUser();
    await adjust(user, { amount: 10n });
    const take = { amount: -10n, idempotencyKey: randomUUID() };
    await adjust(user, take);
    await expect(adjust(user, take)).resolves.toMatchObject({ id: user.id });
    expect(await balance(user)).toBe(0n);
  });

  it('refuses a key that was used for something else, and keeps actors apart', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const idempotencyKey = randomUUID();
    await adjust(user, { idempotencyKey });
    for (const change of [{ amount: 1n }, { currency: 'USDT' as const }, { reason: 'other' }]) {
      await expect(adjust(user, { idempotencyKey, ...change })).rejects.toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
        field: 'input.idempotencyKey',
      });
    }
    await expect(adjust(other, { idempotencyKey })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    await adjust(user, { idempotencyKey }, { kind: 'OPERATOR', id: randomUUID(), name: 'Bo' });
    expect(await balance(user)).toBe(10_000_000n);
    expect(await balance(other)).toBe(0n);
  });

  it.each([
    [{ amount: 0n }, 'input.amount'],
    [{ amount: 2n ** 63n }, 'input.amount'],
    [{ reason: '  ' }, 'input.reason'],
    [{ idempotencyKey: '' }, 'input.idempotencyKey'],
    [{ idempotencyKey: 'x'.repeat(129) }, 'input.idempotencyKey'],
  ])('refuses %o', async (change, field) => {
    const user = await newUser();
    await expect(adjust(user, change)).rejects.toMatchObject({ code: 'BAD_INPUT', field });
    expect(await balance(user)).toBe(0n);
  });

  it('refuses an unknown id and a balance that no column holds', async () => {
    const user = await newUser();
    await expect(adjust(user, { user: { by: 'id', id: randomUUID() } })).rejects.toMatchObject({
      code: 'UNKNOWN_USER',
    });
    await adjust(user, { amount: 2n ** 62n });
    await expect(adjust(user, { amount: 2n ** 62n })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await adjust(user, { amount: -(2n ** 62n) });
  });
});
