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
import { parseAddress } from '../tron/address.ts';
import { type Adjustment, adjustBalance } from './adjust-balance.ts';
import { ensureUsers } from './ensure-users.ts';
import { findUser, requireUser } from './find-users.ts';
import { countUsers, listUsers, type UserFilter } from './list-users.ts';
import { addAddress, addressesOf, removeAddress, setDefaultAddress } from './user-addresses.ts';
import { balancesOf, orderTotalsOf } from './user-figures.ts';
import { parseUserRef, refKey, type UserRef } from './user-ref.ts';
import type { UserRow } from './user-row.ts';

const actor = system('test');
const ids = new IdMaker(systemClock, systemRandom);
let place: TestDatabase;
let database: Database;
let clientId: string;
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
  clientId = randomUUID();
  await query(
    database.read(),
    `insert into api_clients (id, name, roles, key_prefix, key_hash, created_by)
     values ($1, 'bot', '{BOT}', 'x', '\\x01', 'test')`,
    [clientId],
  );
});
afterAll(async () => {
  const books = await checkBooks(database.read());
  expect(books).toMatchObject({ balanced: true });
  await database.close();
  await place.drop();
});

const telegram = (telegramId: bigint): UserRef => ({ by: 'telegramId', telegramId });
const ensure = (refs: UserRef[]) => database.transaction(actor, (em) => ensureUsers(em, ids, refs));
const newUser = async (): Promise<UserRow> => {
  const [user] = await ensure([telegram((nextTelegramId += 1n))]);
  if (!user) throw new Error('no user was made');
  return user;
};
const address = (n: number) =>
  parseAddress(
    [
      'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
      'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8',
    ][n] ?? '',
  );

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

describe('ensureUsers', () => {
  it('makes each new user once, in the order asked, with accounts of all kinds', async () => {
    const external: UserRef = { by: 'externalId', clientId, externalId: 'shop-1' };
    const refs = [telegram(1n), external, telegram(2n), telegram(1n)];
    const users = await ensure(refs);
    expect(users[0]).toMatchObject({ telegramId: 1n, standing: 'ACTIVE', externalId: null });
    expect(users[1]).toMatchObject({ telegramId: null, clientId, externalId: 'shop-1' });
    expect(users[3]?.id).toBe(users[0]?.id);
    expect((await ensure(refs)).map((user) => user?.id)).toEqual(users.map((user) => user?.id));
    const accounts = await query<{ code: string; asset: string }>(
      database.read(),
      'select code, asset from ledger_accounts where user_id = $1 order by code, asset',
      [users[0]?.id],
    );
    expect(accounts).toEqual([
      { code: 'user.available', asset: 'TRX' },
      { code: 'user.available', asset: 'USDT' },
      { code: 'user.held', asset: 'TRX' },
      { code: 'user.held', asset: 'USDT' },
    ]);
  });

  it('makes nobody up for an unknown id', async () => {
    const unknown: UserRef = { by: 'id', id: randomUUID() };
    const users = await ensure([unknown, telegram(1n)]);
    expect(users[0]).toBeUndefined();
    expect(users[1]?.telegramId).toBe(1n);
    await expect(requireUser(database.read(), unknown)).rejects.toMatchObject({
      code: 'UNKNOWN_USER',
      field: 'input.user',
    });
  });

  it('agrees on one user when many ask for the same new ones at once', async () => {
    const wanted = Array.from({ length: 20 }, (_, n) => telegram(5_000n + BigInt(n)));
    const rounds = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ensure(n % 2 ? wanted : wanted.toReversed())),
    );
    const seen = new Map<string, Set<string>>();
    for (const user of rounds.flat()) {
      const key = String(user?.telegramId);
      seen.set(key, (seen.get(key) ?? new Set()).add(user?.id ?? 'none'));
    }
    expect(seen.size).toBe(20);
    for (const found of seen.values()) expect(found.size).toBe(1);
  });

  it('notes when a user was last seen, without a write each time', async () => {
    const user = await newUser();
    const seen = async () =>
      query<{ version: string; at: Date }>(
        database.read(),
        'select xmin::text as version, last_seen_at as at from users where id = $1',
        [user.id],
      );
    const first = await seen();
    expect(first[0]?.at).toBeInstanceOf(Date);
    await ensure([{ by: 'id', id: user.id }]);
    expect(await seen()).toEqual(first);
    await query(
      database.read(),
      `update users set last_seen_at = last_seen_at - interval '2 minutes' where id = $1`,
      [user.id],
    );
    await ensure([{ by: 'id', id: user.id }]);
    const [last] = await seen();
    expect(last?.at.getTime()).toBeGreaterThanOrEqual(first[0]?.at.getTime() ?? Infinity);
  });

  it('finds a user by each of its names', async () => {
    const user = await newUser();
    const ref = telegram(user.telegramId ?? 0n);
    expect(await findUser(database.read(), ref)).toMatchObject({ id: user.id });
    expect(await findUser(database.read(), { by: 'id', id: user.id })).toMatchObject(
      ref.by === 'telegramId' ? { telegramId: ref.telegramId } : {},
    );
    expect(await findUser(database.read(), telegram(999_999n))).toBeUndefined();
    expect(refKey(ref)).not.toBe(refKey({ by: 'id', id: user.id }));
  });
});

describe('addresses', () => {
  it('keeps exactly one default', async () => {
    const { id } = await newUser();
    const act = (work: (em: Parameters<typeof addAddress>[0]) => Promise<void>) =>
      database.transaction(actor, work);
    const kept = async () =>
      (await addressesOf(database.read(), id)).map(({ address: a, label, isDefault }) => [
        a,
        label,
        isDefault,
      ]);
    await act((em) => addAddress(em, id, address(0), ' mine '));
    await act((em) => addAddress(em, id, address(1)));
    await act((em) => addAddress(em, id, address(2), 'third'));
    expect(await kept()).toEqual([
      [address(0), 'mine', true],
      [address(1), null, false],
      [address(2), 'third', false],
    ]);
    await act((em) => setDefaultAddress(em, id, address(2)));
    await act((em) => addAddress(em, id, address(0), 'renamed'));
    expect(await kept()).toEqual([
      [address(2), 'third', true],
      [address(0), 'renamed', false],
      [address(1), null, false],
    ]);
    await act((em) => removeAddress(em, id, address(2)));
    expect(await kept()).toEqual([
      [address(0), 'renamed', true],
      [address(1), null, false],
    ]);
    await expect(act((em) => removeAddress(em, id, address(2)))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(act((em) => setDefaultAddress(em, id, address(2)))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(act((em) => addAddress(em, id, address(2), 'x'.repeat(61)))).rejects.toMatchObject(
      { code: 'BAD_INPUT', field: 'input.label' },
    );
  });

  it('has one default when two are added at once', async () => {
    const { id } = await newUser();
    await Promise.all(
      [0, 1, 2].map((n) => database.transaction(actor, (em) => addAddress(em, id, address(n)))),
    );
    const kept = await addressesOf(database.read(), id);
    expect(kept.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });
});

describe('adjustBalance', () => {
  const operator: Actor = { kind: 'OPERATOR', id: randomUUID(), name: 'Ada' };
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
      [`OPERATOR:${operator.id ?? ''}:k-1`],
    );
    const same = {
      kind: 'adjustment',
      reference: `OPERATOR:${operator.id ?? ''}:k-1`,
      reason: 'lost deposit',
      actor: `OPERATOR:${operator.id ?? ''}:Ada`,
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

describe('the list of users', () => {
  it('pages from the newest without a gap or a repetition', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.unshift((await newUser()).id);
    const seen: string[] = [];
    let after: string | null = null;
    while (seen.length < 7) {
      const page: UserRow[] = await listUsers(database.read(), {}, { first: 3, after });
      expect(page).toHaveLength(4);
      seen.push(...page.slice(0, 3).map(({ id }) => id));
      after = page[2]?.id ?? null;
    }
    expect(seen.slice(0, 7)).toEqual(made);
  });

  it('finds by id, Telegram id, external id and address, and by standing', async () => {
    const user = await newUser();
    const [shop] = await ensure([{ by: 'externalId', clientId, externalId: 'customer 9' }]);
    await database.transaction(actor, (em) => addAddress(em, user.id, address(1)));
    await query(database.read(), `update users set standing = 'BLOCKED' where id = $1`, [user.id]);
    const found = async (filter: UserFilter) => {
      const rows = await listUsers(database.read(), filter, { first: 10, after: null });
      expect(await countUsers(database.read(), filter)).toBe(rows.length);
      return rows.map(({ id }) => id);
    };
    expect(await found({ search: user.id })).toEqual([user.id]);
    expect(await found({ search: ` ${String(user.telegramId)} ` })).toEqual([user.id]);
    expect(await found({ search: 'customer 9' })).toEqual([shop?.id]);
    expect(await found({ search: address(1) })).toContain(user.id);
    expect(await found({ standing: 'BLOCKED' })).toEqual([user.id]);
    expect(await found({ standing: 'BLOCKED', search: 'customer 9' })).toEqual([]);
    expect(await found({ search: `%' or true --` })).toEqual([]);
  });

  it('knows what a user has ordered', async () => {
    const user = await newUser();
    await database.transaction(actor, (em) =>
      query(
        em,
        `insert into orders (id, number, user_id, caller, client_order_id, content_hash, energy,
           duration, duration_seconds, receiver, state, price_sun, price_per_energy, explanation,
           settings_version, placed_by, placed_at, deadline_at, updated_at)
         select gen_random_uuid(), 'N' || n, $1, 'test', 'c' || n, '\\x00', 65000, '1h', 3600, $2,
           'PENDING', n * 1000, '60', '', 0, 'test', now(), now(), now()
         from generate_series(1, 3) n`,
        [user.id, address(0)],
      ),
    );
    await database.transaction(actor, (em) =>
      query(em, `update orders set state = 'PROCESSING' where number in ('N2', 'N3')`),
    );
    await database.transaction(actor, (em) =>
      query(em, `update orders set state = 'COMPLETED' where number in ('N2', 'N3')`),
    );
    const totals = await orderTotalsOf(database.read(), [user.id]);
    expect(totals.get(user.id)).toEqual({ orders: 3, spentSun: 5_000n });
  });
});
