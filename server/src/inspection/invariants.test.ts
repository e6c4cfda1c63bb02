import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute, query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { UNIT } from '../kernel/money.ts';
import { liftSafeMode, setSafeMode } from '../safety/change-safe-mode.ts';
import { invariantChecks } from '../safety/invariant-checks.ts';
import { readSafeMode, safeModeEntries } from '../safety/read-safe-mode.ts';
import type { SafeModeScope } from '../safety/safe-mode.ts';
import { defaultSettings } from '../settings/read-settings.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import { Factory } from '../testing/factories.ts';
import { checkInvariants, type NodeDisagreement } from './invariants.ts';

let desk: CoreDesk;
let disagreement: NodeDisagreement | null;

beforeEach(async () => {
  desk = await CoreDesk.start();
  disagreement = null;
});
afterEach(() => desk.stop());

const operator = system('operator');

function check(): Promise<void> {
  return checkInvariants({
    database: desk.database,
    settings: () => Promise.resolve(defaultSettings.values),
    disagreement: () => disagreement,
  });
}

function lift(scope: SafeModeScope, subject: string | null): Promise<boolean> {
  return desk.database.transaction(operator, (em) =>
    liftSafeMode(em, operator, { scope, subject, reason: 'looked into', clientId: null }),
  );
}

function entries() {
  return safeModeEntries(desk.database.read());
}

/** As somebody who has the owner's rights on the database. */
function tamper(sql: string): Promise<void> {
  return desk.database.transaction(system('thief'), async (em) => {
    await query(em, 'set local role none');
    await query(em, 'set local session_replication_role = replica');
    await query(em, sql);
  });
}

describe('the books', () => {
  beforeEach(async () => {
    await desk.user(10n);
  });

  it('set nothing while they balance, and are proved further and further', async () => {
    await check();
    await desk.user(10n);
    await check();
    expect(await entries()).toEqual([]);
    expect(await invariantChecks(desk.database.read())).toMatchObject([
      { name: 'BOOKS', holds: true, finding: null },
      { name: 'DRIFT', holds: true },
      { name: 'NODES', holds: true },
      { name: 'REFUNDS', holds: true },
    ]);
    const [proof] = await query<{ proved: boolean }>(
      desk.database.read(),
      `select through = (select max(id) from ledger_transfers) as proved
       from invariant_checks where name = 'BOOKS'`,
    );
    expect(proof).toEqual({ proved: true });
  });

  it.each([
    [
      'made-up money',
      `update ledger_accounts set balance = balance + 5 where user_id is not null and code = 'user.available'`,
      /sum to \d+ instead of 0/,
    ],
    [
      'an entry that was changed',
      `update ledger_entries set amount = amount + 1 where id = (select max(id) from ledger_entries)`,
      /jumps at position/,
    ],
    [
      'a transfer without its entries',
      `delete from ledger_entries where transfer_id = (select max(id) from ledger_transfers)`,
      /has no entries/,
    ],
    [
      'a balance that is not its last entry’s',
      `update ledger_accounts a set balance = balance + v.by from (values ('user.available', 3), ('desk.adjustments', -3)) v(code, by)
       where a.code = v.code and a.asset = 'TRX'`,
      /has a balance of/,
    ],
  ])('refuse everything after %s', async (_, sql, evidence) => {
    await check();
    await desk.user(1n);
    await tamper(sql);
    await check();
    const [entry] = await entries();
    expect(entry).toMatchObject({
      scope: 'ALL',
      source: 'BOOKS',
      mode: 'REFUSE',
      reason: 'the books do not balance',
      actor: 'SYSTEM::invariants',
    });
    expect(JSON.stringify(entry?.evidence)).toMatch(evidence);
    expect((await readSafeMode(desk.database.read())).mode).toBe('REFUSE');
    await desk.wallet(60_000n);
    await expect(desk.place({ telegramId: 1n })).rejects.toMatchObject({ code: 'SALES_PAUSED' });
  });

  it('stay lifted for the same break, and refuse again for a new one', async () => {
    await tamper(`update ledger_accounts set balance = balance + 5 where code = 'user.available'`);
    await check();
    expect(await entries()).toHaveLength(1);
    await lift('ALL', null);
    await check();
    expect(await entries()).toEqual([]);
    await tamper(`update ledger_accounts set balance = balance + 5 where code = 'user.available'`);
    await check();
    expect(await entries()).toMatchObject([{ source: 'BOOKS', mode: 'REFUSE' }]);
  });

  it('never weaken what a person has set, nor is it weakened by a person’s own word', async () => {
    const say = (mode: 'QUEUE' | 'ACCEPT') =>
      desk.database.transaction(operator, (em) =>
        setSafeMode(em, operator, {
          scope: 'ALL',
          subject: null,
          mode,
          reason: 'x',
          clientId: null,
        }),
      );
    await say('QUEUE');
    await check();
    expect(await entries()).toMatchObject([{ source: 'PERSON', mode: 'QUEUE' }]);
    await tamper(`update ledger_accounts set balance = balance + 5 where code = 'user.available'`);
    await check();
    await say('ACCEPT');
    expect(await readSafeMode(desk.database.read())).toMatchObject({ mode: 'REFUSE' });
  });
});

it('refuses a wallet whose delegations drift beyond the tolerance, and sells past it', async () => {
  const wallet = await desk.wallet(60_000n);
  const receiver = await desk.address();
  const delegate = (trx: bigint): Promise<void> =>
    desk.byHand({
      kind: 'delegate',
      owner: wallet.address,
      receiver,
      amountSun: trx * UNIT,
      resource: 'ENERGY',
    });
  await delegate(99n);
  await desk.blocks(6);
  await desk.inspect();
  await check();
  expect(await entries()).toEqual([]);
  await delegate(2n);
  await desk.blocks(6);
  await desk.inspect();
  await check();
  expect(await entries()).toMatchObject([
    {
      scope: 'WALLET',
      subject: wallet.id,
      source: 'DRIFT',
      mode: 'REFUSE',
      reason: 'its delegations differ from the books by 101 TRX',
      evidence: { chainSun: '101000000', booksSun: '0' },
    },
  ]);
  await expect(desk.place({})).rejects.toMatchObject({ code: 'INSUFFICIENT_STOCK' });
  const other = await desk.wallet(60_000n);
  await desk.place({});
  const slices = await query<{ wallet_id: string }>(
    desk.database.read(),
    'select wallet_id from order_slices',
  );
  expect(slices).toEqual([{ wallet_id: other.id }]);
});

it('refuses a product whose last orders failed, and counts anew once it is lifted', async () => {
  const make = new Factory(desk.database);
  const user = await make.user();
  const wallet = await make.wallet();
  const orders = async (count: number, state: 'COMPLETED' | 'REFUNDED'): Promise<void> => {
    for (let made = 0; made < count; made += 1) {
      await make.order({ user, wallets: [wallet], state, priceSun: 600_000n });
    }
  };
  await orders(8, 'COMPLETED');
  await orders(11, 'REFUNDED');
  await check();
  expect(await entries()).toEqual([]);
  await orders(1, 'REFUNDED');
  await check();
  expect(await entries()).toMatchObject([
    {
      scope: 'PRODUCT',
      subject: 'ENERGY_RENTAL',
      source: 'REFUNDS',
      mode: 'REFUSE',
      reason: '12 of the last 20 orders failed',
    },
  ]);
  await lift('PRODUCT', 'ENERGY_RENTAL');
  await orders(5, 'REFUNDED');
  await check();
  expect(await entries()).toEqual([]);
});

it('queues while the nodes disagree, and goes on by itself once they have agreed for a while', async () => {
  disagreement = {
    number: 7,
    sayings: [
      { node: 'a', id: '1' },
      { node: 'b', id: '2' },
    ],
  };
  await check();
  expect(await entries()).toMatchObject([{ scope: 'ALL', source: 'NODES', mode: 'QUEUE' }]);
  disagreement = null;
  await check();
  expect(await entries()).toHaveLength(1);
  await desk.database.transaction(operator, (em) =>
    execute(em, `update safe_mode_entries set at = at - interval '5 minutes'`),
  );
  await check();
  expect(await entries()).toEqual([]);
  disagreement = { number: 7, sayings: [] };
  await check();
  expect(await entries()).toMatchObject([{ source: 'NODES', mode: 'QUEUE' }]);
});

it('checks the other invariants when one cannot be checked', async () => {
  await tamper('drop table differences cascade');
  disagreement = { number: 7, sayings: [] };
  await expect(check()).rejects.toThrow('an invariant could not be checked');
  expect(await entries()).toMatchObject([{ source: 'NODES' }]);
});
