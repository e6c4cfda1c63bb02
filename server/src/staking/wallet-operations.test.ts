import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryOne } from '../database/query.ts';
import { UNIT } from '../kernel/money.ts';
import { present } from '../kernel/assert.ts';
import { expectBooksAndChainAgree } from '../testing/books.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import type { Address } from '../tron/address.ts';
import { addressOfKey } from '../tron/address.ts';
import type { WalletEffect } from './check-wallet-operation.ts';
import { intendWalletOperation } from './intend-wallet-operation.ts';

let desk: CoreDesk;
beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterAll(async () => {
  await desk.stop();
});

const trx = (amount: number): bigint => BigInt(amount) * UNIT;

function intend(
  walletId: string,
  effect: WalletEffect,
  clientId = desk.ids.next(),
): Promise<string> {
  return desk.database.transaction(desk.actor, (em) =>
    intendWalletOperation(em, desk.ids, { walletId, effect, clientId, reason: 'a test' }),
  );
}

async function stateOf(id: string): Promise<string | undefined> {
  const row = await queryOne<{ state: string }>(
    desk.database.read(),
    'select state from chain_operations where id = $1',
    [id],
  );
  return row?.state;
}

async function account(address: Address) {
  return present(await desk.chain.nodes.read((node) => node.account('head', address)), 'account');
}

describe('an operation on a wallet', () => {
  it('stakes TRX, which the desk then sells', async () => {
    const wallet = await desk.wallet(1_000n);
    const id = await intend(wallet.id, { kind: 'freeze', amountSun: trx(500), resource: 'ENERGY' });
    await desk.blocks(8);
    expect(await stateOf(id)).toBe('SOLID');
    expect((await account(wallet.address)).frozen.energy).toBe(trx(1_500));
    const row = await queryOne<{ sellable_sun: bigint; committed_sun: bigint }>(
      desk.database.read(),
      'select sellable_sun, committed_sun from wallets where id = $1',
      [wallet.id],
    );
    expect(row).toEqual({ sellable_sun: trx(1_500), committed_sun: 0n });
    expect(desk.errors).toEqual([]);
    await expectBooksAndChainAgree(desk.database, desk.devnet.url);
  });
});
void addressOfKey;
void query;
