import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GraphqlCaller, GraphqlDesk } from '../testing/graphql-desk.ts';
import type { MadeUser } from '../testing/factories.ts';

let desk: GraphqlDesk;
let finance: GraphqlCaller;
let user: MadeUser;

beforeAll(async () => {
  desk = await GraphqlDesk.start();
  finance = await desk.operator('FINANCE');
  user = await desk.make.user({ sun: 100_000_000n });
  const wallets = [await desk.make.wallet()];
  const priceSun = 3_000_000n;
  await desk.make.order({ user, wallets, priceSun });
  await desk.make.order({ user, wallets, priceSun, state: 'REFUNDED' });
  await desk.make.order({ user, wallets, priceSun, state: 'COMPLETED', solid: true });
});
afterAll(() => desk.stop());

interface Books {
  ledger: {
    accounts: { id: string; code: string; currency: string; balance: string; user: null }[];
    check: { balanced: boolean; breaks: string[]; entries: number };
  };
}
interface Statement {
  statement: {
    edges: { cursor: string; node: { amount: string; balanceAfter: string; kind: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

const STATEMENT = `query ($input: StatementInput!, $first: Int! = 50, $after: String) {
  statement(input: $input, first: $first, after: $after) {
    edges { cursor node { kind amount balanceAfter account { code user { telegramId } } order { id } } }
    pageInfo { hasNextPage endCursor } } }`;

describe('ledger', () => {
  it('shows the desk’s accounts and the sums of users’, and that the books balance', async () => {
    const { ledger } = await finance.request<Books>(
      `{ ledger { accounts { id code currency balance user { id } }
         check { balanced breaks entries checkedAt } } }`,
    );
    expect(ledger.check).toMatchObject({ balanced: true, breaks: [], entries: 12 });
    const balances = ledger.accounts
      .filter(({ currency }) => currency === 'TRX')
      .map(({ code, balance }) => [code, balance]);
    expect(Object.fromEntries(balances)).toEqual({
      'user.available': '94',
      'user.held': '3',
      'desk.revenue.energy': '3',
      'desk.adjustments': '-100',
      'chain.deposits': '0',
      'chain.fees': '0',
      'desk.costs.chain': '0',
      'chain.withdrawals': '0',
      'desk.exchange': '0',
      'desk.revenue.withdrawals': '0',
      'desk.unclaimed': '0',
      'desk.unclaimed.kept': '0',
      'desk.withdrawals.held': '0',
    });
  });

  it('is for those who keep the books', async () => {
    const support = await desk.operator('SUPPORT');
    expect(await support.refusal('{ ledger { check { balanced } } }')).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('statement', () => {
  it('pages through what a user can spend, the newest first, with the balance after each', async () => {
    const input = { user: { telegramId: user.telegramId } };
    const all = (await finance.request<Statement>(STATEMENT, { input })).statement;
    expect(all.edges.map(({ node }) => [node.kind, node.amount, node.balanceAfter])).toEqual([
      ['order.hold', '-3', '94'],
      ['order.release', '3', '97'],
      ['order.hold', '-3', '94'],
      ['order.hold', '-3', '97'],
      ['adjustment', '100', '100'],
    ]);
    expect(all.edges[0]?.node).toMatchObject({
      account: { code: 'user.available', user: { telegramId: user.telegramId } },
      order: { id: expect.any(String) as unknown },
    });
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page: Statement = await finance.request<Statement>(STATEMENT, {
        input,
        first: 2,
        after,
      });
      seen.push(...page.statement.edges.map(({ cursor }) => cursor));
      if (!page.statement.pageInfo.hasNextPage) break;
      after = page.statement.pageInfo.endCursor;
    }
    expect(seen).toEqual(all.edges.map(({ cursor }) => cursor));
  });

  it('shows any account to operators, and none but users’ to API clients', async () => {
    const { ledger } = await finance.request<Books>('{ ledger { accounts { id code currency } } }');
    const revenue = ledger.accounts.find(
      ({ code, currency }) => code === 'desk.revenue.energy' && currency === 'TRX',
    );
    const input = { accountId: revenue?.id };
    const { statement } = await finance.request<Statement>(STATEMENT, { input });
    expect(statement.edges.map(({ node }) => node.amount)).toEqual(['3']);
    const bot = await desk.client('BOT');
    expect(await bot.refusal(STATEMENT, { input })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    [{}, 'BAD_INPUT'],
    [{ accountId: '1', user: { telegramId: '1' } }, 'BAD_INPUT'],
    [{ accountId: '999999' }, 'NOT_FOUND'],
    [{ accountId: 'user.held:TRX' }, 'NOT_FOUND'],
    [{ user: { telegramId: '999' } }, 'UNKNOWN_USER'],
  ])('refuses %j with %s', async (input, code) => {
    expect(await finance.refusal(STATEMENT, { input })).toMatchObject({ code });
  });

  it('refuses a cursor that is none', async () => {
    const input = { user: { telegramId: user.telegramId } };
    for (const after of ['nonsense', Buffer.from('["-1"]').toString('base64url')]) {
      expect(await finance.refusal(STATEMENT, { input, after })).toMatchObject({
        code: 'BAD_INPUT',
        field: 'after',
      });
    }
  });
});
