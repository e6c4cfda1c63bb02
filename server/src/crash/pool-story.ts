import { intendWalletOperation } from '../staking/intend-wallet-operation.ts';
import type { WalletEffect } from '../staking/check-wallet-operation.ts';
import { system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import { systemClock } from '../kernel/clock.ts';
import { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import { systemRandom } from '../kernel/random.ts';
import type { Address } from '../chain/address.ts';
import type { House } from './house.ts';

interface Wallet {
  readonly id: string;
  readonly address: Address;
}

/** One seller gets it all; the next case another one, for the chain bounds unstakings per account. */
async function pick(house: House): Promise<{ seller: Wallet; treasury: Wallet }> {
  const { rows } = await house.sql.query<Wallet & { treasury: boolean }>(
    `select w.id, w.address, w.label = 'Treasury' as treasury from wallets w
     order by (select count(*) from wallet_operations o where o.wallet_id = w.id), w.label`,
  );
  return {
    seller: present(
      rows.find(({ treasury }) => !treasury),
      'a wallet that sells',
    ),
    treasury: present(
      rows.find(({ treasury }) => treasury),
      'the treasury',
    ),
  };
}

/**
 * What a treasurer does with the pool's own accounts, all at once: two equal stakings, which must
 * still be two, an unstaking, which takes stake out of the sale, and a payment.
 * @returns the operations' ids
 */
export async function intendForThePool(house: House): Promise<string[]> {
  const { seller, treasury } = await pick(house);
  const staking: WalletEffect = { kind: 'freeze', amountSun: UNIT, resource: 'ENERGY' };
  const wanted: [Wallet, WalletEffect][] = [
    [seller, staking],
    [seller, staking],
    [seller, { kind: 'unfreeze', amountSun: 2n * UNIT, resource: 'ENERGY' }],
    [treasury, { kind: 'transfer', to: seller.address, amountSun: 3n * UNIT }],
  ];
  const ids = new IdMaker(systemClock, systemRandom);
  return house.withDatabase((database) =>
    database.transaction(system('crash'), async (em) => {
      const operations: string[] = [];
      for (const [wallet, effect] of wanted) {
        operations.push(
          await intendWalletOperation(em, ids, {
            walletId: wallet.id,
            effect,
            clientId: ids.next(),
            reason: 'a case of the crash matrix',
          }),
        );
      }
      return operations;
    }),
  );
}

/** @throws with each operation that did not come to its one good end */
export async function judgePool(house: House, operations: readonly string[]): Promise<string> {
  const { rows } = await house.sql.query<{ what: string }>(
    `select o.kind || ' ' || o.id || ' ended as ' || o.state as what
     from chain_operations o where o.id = any($1::uuid[]) and o.state <> 'SOLID'
     union all select h.id || ' still holds stake' from wallet_holds h
     where h.id = any($1::uuid[]) and h.state = 'HELD'`,
    [operations],
  );
  if (rows.length > 0) throw new Error(rows.map(({ what }) => what).join('; '));
  return `${operations.length} carried out once`;
}
