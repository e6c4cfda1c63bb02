import type { Devnet } from '@energy-desk/devnet';
import { randomBytes } from 'node:crypto';
import { digestOf } from '../../../server/src/access/secrets.ts';
import type { ChainParts } from '../../../server/src/app/chain.ts';
import type { Address } from '../../../server/src/chain/address.ts';
import type { Database } from '../../../server/src/database/database.ts';
import { query } from '../../../server/src/database/query.ts';
import { system } from '../../../server/src/kernel/actor.ts';
import { present } from '../../../server/src/kernel/assert.ts';
import { systemClock } from '../../../server/src/kernel/clock.ts';
import { IdMaker } from '../../../server/src/kernel/ids.ts';
import { systemRandom } from '../../../server/src/kernel/random.ts';
import { systemAccount, userAccounts } from '../../../server/src/ledger/accounts.ts';
import { postTransfers } from '../../../server/src/ledger/post-transfers.ts';
import { ensureUsers } from '../../../server/src/users/ensure-users.ts';
import { observeWallets } from '../../../server/src/wallets/observe-wallets.ts';
import { registerWallet } from '../../../server/src/wallets/register-wallet.ts';
import { makeReceivers, makeStake, SOLID_LAG, SUN_PER_TRX } from './network.ts';

/** How large a desk is to begin with. */
export interface DeskSize {
  readonly wallets: number;
  readonly users: number;
  readonly receivers: number;
}

/** Who is there once it is seeded. */
export interface Seeded {
  readonly telegramIds: readonly bigint[];
  readonly receivers: readonly Address[];
  /** Of an API client with the role BOT. */
  readonly apiKey: string;
  readonly clientId: string;
}

/** Beyond what any row can spend. */
const FUNDS_SUN = 100_000_000n * SUN_PER_TRX;
/** Of all wallets together: a fifth of what the chain has staked, for more orders than fit a row. */
const STAKE_TRX = 5_000_000_000n;
const FIRST_TELEGRAM_ID = 1_000_000n;

export const ids = new IdMaker(systemClock, systemRandom);
export const bench = system('bench');

/**
 * Gives an empty desk wallets with solid, observed stake, users with money, an API key, and receivers
 * on the chain.
 * @param recipient age public key that the wallets' keys are sealed for
 */
export async function seedDesk(
  parts: { database: Database; chain: ChainParts; devnet: Devnet; recipient: string },
  size: DeskSize,
): Promise<Seeded> {
  const { database, chain, devnet, recipient } = parts;
  const each = STAKE_TRX / BigInt(size.wallets);
  const keys: string[] = [];
  for (let wallet = 0; wallet < size.wallets; wallet += 1) keys.push(await makeStake(devnet, each));
  devnet.step();
  await chain.nodes.check();
  for (const [index, privateKey] of keys.entries()) {
    await registerWallet(
      { database, ids, recipient, account: (address) => chain.headAccount(address) },
      { actor: bench, label: `Wallet ${index}`, privateKey, permissionId: 0, address: null },
      () => Promise.resolve(),
    );
  }
  const receivers = await makeReceivers(devnet, size.receivers);
  devnet.step(SOLID_LAG + 1);
  await chain.nodes.check();
  const { energyRatio } = await chain.parameters.refresh();
  await observeWallets({
    database,
    readAccount: (address) => chain.solidAccount(address),
    ratio: () => Promise.resolve(energyRatio),
  });
  const telegramIds = await addUsers(database, size.users);
  return { telegramIds, receivers, ...(await addClient(database, 'BOT')) };
}

async function addUsers(database: Database, count: number): Promise<bigint[]> {
  const telegramIds = Array.from({ length: count }, (_, n) => FIRST_TELEGRAM_ID + BigInt(n));
  await database.transaction(bench, async (em) => {
    const users = await ensureUsers(
      em,
      ids,
      telegramIds.map((telegramId) => ({ by: 'telegramId', telegramId })),
    );
    const userIds = users.map((user) => present(user, 'user').id);
    const accounts = await userAccounts(em, userIds, 'TRX', { lock: false });
    const counterpart = await systemAccount(em, 'desk.adjustments', 'TRX');
    const transfers = userIds.map((id) => ({
      kind: 'adjustment',
      reference: ids.next(),
      postings: [
        { account: present(accounts.get(id), 'accounts').available.id, amount: FUNDS_SUN },
        { account: counterpart, amount: -FUNDS_SUN },
      ],
    }));
    await postTransfers(em, bench, transfers);
  });
  return telegramIds;
}

/** An API client with this role, and its key. */
export async function addClient(
  database: Database,
  role: 'BOT' | 'ANALYST',
): Promise<{ apiKey: string; clientId: string }> {
  const clientId = ids.next();
  const apiKey = `edk_bench_${randomBytes(32).toString('base64url')}`;
  await database.transaction(bench, (em) =>
    query(
      em,
      `insert into api_clients (id, name, roles, key_prefix, key_hash, created_by)
       values ($1, 'Bench', array[$3], 'edk_bench', $2, 'SYSTEM::bench')`,
      [clientId, digestOf(apiKey), role],
    ),
  );
  return { apiKey, clientId };
}
