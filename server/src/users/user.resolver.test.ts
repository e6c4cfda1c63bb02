import { DefaultQueryExecutor } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { systemRandom } from '../kernel/random.ts';
import { checkBooks } from '../ledger/check-books.ts';
import { makeLedgerLoaders } from '../ledger/ledger-loaders.ts';
import { anApiClient, anOperator, aStranger, SchemaDesk } from '../testing/ask-schema.ts';
import { Factory } from '../testing/factories.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { ensureUsers } from './ensure-users.ts';
import { makeUserLoaders } from './user-loaders.ts';
import { UserResolver } from './user.resolver.ts';
import { userRules } from './user.rules.ts';

const actor = system('test');
const finance = anOperator('FINANCE');
const ids = new IdMaker(systemClock, systemRandom);
let place: TestDatabase;
let database: Database;
let factory: Factory;
let desk: SchemaDesk;

beforeAll(async () => {
  place = await createTestDatabase();
  database = await Database.connect({
    url: place.url,
    poolSize: 3,
    entities: [],
    clock: systemClock,
    random: systemRandom,
  });
  factory = new Factory(database);
  desk = new SchemaDesk(
    { resolvers: [new UserResolver(database, ids)], rules: [userRules] },
    () => ({ ...makeUserLoaders(database), ...makeLedgerLoaders(database) }),
  );
});
afterAll(async () => {
  expect((await checkBooks(database.read())).breaks).toEqual([]);
  await database.close();
  await place.drop();
});

const ADJUST = `mutation Adjust($input: AdjustBalanceInput!) {
  adjustBalance(input: $input) { id telegramId balances { currency available held } }
}`;
const adjust = (input: object, caller = finance) =>
  desk.ask(caller, ADJUST, {
    input: { amount: '5', currency: 'TRX', reason: 'a gift', idempotencyKey: 'k', ...input },
  });

describe('adjustBalance', () => {
  it('gives a new Telegram user a balance, once per key, and writes who did it', async () => {
    const input = { user: { telegramId: '501' }, amount: '12.345678', idempotencyKey: 'first' };
    const once = await adjust(input);
    expect(once.error).toBeNull();
    expect(once.data?.['adjustBalance']).toMatchObject({
      telegramId: '501',
      balances: [
        { currency: 'TRX', available: '12.345678', held: '0' },
        { currency: 'USDT', available: '0', held: '0' },
      ],
    });
    expect((await adjust(input)).data).toEqual(once.data);
    expect((await adjust({ ...input, amount: '12' })).error?.code).toBe('IDEMPOTENCY_CONFLICT');
    const audit = await query(
      database.read(),
      `select actor, subject_kind, details ->> 'amount' as amount, details ->> 'reason' as reason
       from audit_log where action = 'balance.adjust' order by id limit 1`,
    );
    expect(audit).toEqual([
      {
        actor: 'OPERATOR:0197a000-0000-7000-8000-00000000000a:Ada',
        subject_kind: 'user',
        amount: '12.345678',
        reason: 'a gift',
      },
    ]);
  });

  it('says what is required and available, and changes nothing', async () => {
    const { telegramId } = await factory.user({ sun: 1_000_000n });
    const { error } = await adjust({
      user: { telegramId },
      amount: '-1.000001',
      idempotencyKey: 'too much',
    });
    expect(error).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      details: { required: '1.000001', available: '1', currency: 'TRX' },
    });
    const { data } = await desk.ask(
      finance,
      'query U($ref: UserRef!) { user(ref: $ref) { balances { available } } }',
      { ref: { telegramId } },
    );
    expect(data?.['user']).toEqual({ balances: [{ available: '1' }, { available: '0' }] });
  });

  it.each([
    [{ user: {} }, 'BAD_INPUT', 'input.user'],
    [{ user: { telegramId: '1', id: ids.next() } }, 'BAD_INPUT', 'input.user'],
    [{ user: { id: ids.next() } }, 'UNKNOWN_USER', 'input.user.id'],
    [{ user: { externalId: 'x' } }, 'BAD_INPUT', 'input.user.externalId'],
    [{ user: { telegramId: '502' }, amount: '0' }, 'BAD_INPUT', 'input.amount'],
    [{ user: { telegramId: '502' }, amount: '1.0000001' }, 'BAD_INPUT', 'input.amount'],
    [{ user: { telegramId: '502' }, amount: 5 }, 'BAD_INPUT', 'input.amount'],
    [{ user: { telegramId: '502' }, reason: ' ' }, 'BAD_INPUT', 'input.reason'],
    [{ user: { telegramId: '502' }, idempotencyKey: '' }, 'BAD_INPUT', 'input.idempotencyKey'],
  ])('refuses %j', async (input, code, field) => {
    expect((await adjust(input)).error).toMatchObject({ code, field });
  });

  it('is for finance alone', async () => {
    const input = { user: { telegramId: '503' } };
    for (const caller of [anOperator('SUPPORT', 'OPERATOR'), anApiClient(ids.next(), 'BOT')]) {
      expect((await adjust(input, caller)).error?.code).toBe('FORBIDDEN');
    }
    expect((await adjust(input, aStranger)).error?.code).toBe('UNAUTHENTICATED');
    expect(
      (await adjust({ ...input, idempotencyKey: 'admin' }, anOperator('ADMIN'))).error,
    ).toBeNull();
  });
});

describe('user and users', () => {
  const USER = 'query U($ref: UserRef!) { user(ref: $ref) { id externalId } }';

  it('shows a bot its own users and those of Telegram, and no other client’s', async () => {
    const [own, other] = [await factory.apiClient(), await factory.apiClient()];
    const [mine, theirs] = await database.transaction(actor, (em) =>
      ensureUsers(em, ids, [
        { by: 'externalId', clientId: own, externalId: 'same name' },
        { by: 'externalId', clientId: other, externalId: 'same name' },
      ]),
    );
    const client = anApiClient(own, 'BOT');
    const see = async (ref: object) => (await desk.ask(client, USER, { ref })).data?.['user'];
    expect(await see({ externalId: 'same name' })).toMatchObject({ id: mine?.id });
    expect(await see({ id: mine?.id })).toMatchObject({ externalId: 'same name' });
    expect(await see({ id: theirs?.id })).toBeNull();
    const { telegramId, id } = await factory.user();
    expect(await see({ telegramId })).toMatchObject({ id });
    const all = await desk.ask(finance, '{ users { edges { node { id } } } }');
    expect(JSON.stringify(all.data)).toContain(theirs?.id);
  });

  it('shows what a user spent, and every movement by cursor', async () => {
    const user = await factory.user({ sun: 20_000_000n });
    const wallet = await factory.wallet();
    await factory.order({ user, wallets: [wallet], state: 'COMPLETED', solid: true });
    await factory.order({ user, wallets: [wallet], state: 'REFUNDED' });
    const STATEMENT = `query S($ref: UserRef!, $after: String) {
      user(ref: $ref) {
        orderCount spent { amount currency } addresses { address }
        statement(first: 3, after: $after) {
          edges { node { kind amount balanceAfter } } pageInfo { hasNextPage endCursor }
        }
      }
    }`;
    interface Page {
      orderCount: number;
      statement: {
        edges: { node: { kind: string; amount: string; balanceAfter: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const page = async (after?: string) =>
      (await desk.ask(finance, STATEMENT, { ref: { id: user.id }, after })).data?.['user'] as Page;
    const first = await page();
    expect(first).toMatchObject({
      orderCount: 2,
      spent: { amount: '5.2', currency: 'TRX' },
      addresses: [],
    });
    const second = await page(first.statement.pageInfo.endCursor);
    expect(first.statement.pageInfo.hasNextPage).toBe(true);
    expect(second.statement.pageInfo.hasNextPage).toBe(false);
    expect([...first.statement.edges, ...second.statement.edges].map(({ node }) => node)).toEqual([
      { kind: 'order.release', amount: '5.2', balanceAfter: '14.8' },
      { kind: 'order.hold', amount: '-5.2', balanceAfter: '9.6' },
      { kind: 'order.hold', amount: '-5.2', balanceAfter: '14.8' },
      { kind: 'adjustment', amount: '20', balanceAfter: '20' },
    ]);
  });

  it('reads a long list with the same number of statements as a short one', async () => {
    for (let n = 0; n < 30; n += 1) await factory.user();
    const LIST = `query L($first: Int!) { users(first: $first) { totalCount edges { node {
      id balances { available } addresses { address } orderCount spent { amount } } } } }`;
    const cost = async (first: number): Promise<number> => {
      const spy = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery');
      const { data, error } = await desk.ask(finance, LIST, { first });
      expect(error).toBeNull();
      expect((data?.['users'] as { edges: unknown[] }).edges).toHaveLength(first);
      const statements = spy.mock.calls.length;
      spy.mockRestore();
      return statements;
    };
    const short = await cost(2);
    expect(short).toBeGreaterThan(0);
    expect(await cost(30)).toBe(short);
  });

  it.each([
    ['{ users(first: 0) { totalCount } }', 'first'],
    ['{ users(first: 201) { totalCount } }', 'first'],
    ['{ users(after: "nonsense") { totalCount } }', 'after'],
    ['{ users(after: "WyJ4Il0") { totalCount } }', 'after'],
    ['{ user(ref: { telegramId: "x" }) { id } }', 'ref.telegramId'],
  ])('refuses %s', async (source, field) => {
    expect((await desk.ask(finance, source)).error).toMatchObject({ code: 'BAD_INPUT', field });
  });
});
