import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChainTransaction } from '../chain/block.ts';
import { query } from '../database/query.ts';
import { systemClock } from '../kernel/clock.ts';
import { present } from '../kernel/assert.ts';
import { CoreDesk } from '../testing/core-desk.ts';
import type { Address } from '../chain/address.ts';
import { WalletLooks } from './wallet-looks.ts';

let desk: CoreDesk;
beforeAll(async () => {
  desk = await CoreDesk.start();
});
afterAll(async () => {
  await desk.stop();
});

it('looks at all wallets now and then, and at once at those that spent for more than a delegation', async () => {
  await desk.wallet(60_000n);
  await desk.wallet(60_000n);
  const wallets = await query<{ id: string; address: Address }>(
    desk.database.read(),
    'select id, address from wallets order by id',
  );
  const [one, other] = [present(wallets[0], 'wallet'), present(wallets[1], 'wallet')];
  let now = 0;
  const looked: (readonly string[] | undefined)[] = [];
  const looks = new WalletLooks(
    desk.database,
    { ...systemClock, monotonic: () => now },
    (walletIds) => {
      looked.push(walletIds);
      return Promise.resolve();
    },
  );
  const spends = (owner: Address, kind: string): void =>
    looks.spent([
      { owner, kind, value: { kind: 'OTHER', type: kind, owner, parameterHex: '' } },
    ] satisfies Pick<ChainTransaction, 'owner' | 'kind' | 'value'>[]);
  expect(await looks.look()).toBe(15_000);
  now = 5_000;
  spends(one.address, 'DelegateResourceContract');
  expect(looks.due()).toBe(false);
  expect(await looks.look()).toBe(10_000);
  spends(other.address, 'UnDelegateResourceContract');
  expect(looks.due()).toBe(true);
  expect(await looks.look()).toBe(10_000);
  expect(looks.due()).toBe(false);
  now = 15_000;
  await looks.look();
  expect(looked).toEqual([undefined, [other.id], undefined]);
});
