import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { parseAddress } from '../chain/address.ts';
import { ensureUsers } from './ensure-users.ts';
import { findUser, requireUser } from './find-users.ts';
import { countUsers, listUsers, type UserFilter } from './list-users.ts';
import { addAddress, addressesOf, removeAddress, setDefaultAddress } from './user-addresses.ts';
import { orderTotalsOf } from './user-figures.ts';
import { refKey, type UserRef } from './user-ref.ts';
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
    expect(await findUser(database.read(), { by: 'id', id: user.id })).toMatchObject({
      id: user.id,
      telegramId: user.telegramId,
    });
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
    await act(async (em) => expect(await removeAddress(em, id, address(2))).toBe(true));
    expect(await kept()).toEqual([
      [address(0), 'renamed', true],
      [address(1), null, false],
    ]);
    await act(async (em) => expect(await removeAddress(em, id, address(2))).toBe(false));
    await act((em) => addAddress(em, id, address(0)));
    expect((await kept())[0]).toEqual([address(0), 'renamed', true]);
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
