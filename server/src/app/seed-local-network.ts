import { hash } from 'node:crypto';
import { createApiClient } from '../access/api-clients.ts';
import type { Database } from '../database/database.ts';
import { queryOne } from '../database/query.ts';
import { type Actor, system } from '../kernel/actor.ts';
import { present } from '../kernel/assert.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { UNIT } from '../kernel/money.ts';
import type { Random } from '../kernel/random.ts';
import { addDuration } from '../settings/add-duration.ts';
import { change, changeSettings } from '../settings/change-settings.ts';
import { type Address, addressOfKey } from '../chain/address.ts';
import { adjustBalance } from '../users/adjust-balance.ts';
import { observeWallets } from '../wallets/observe-wallets.ts';
import { registerWallet } from '../wallets/register-wallet.ts';
import { setWalletState } from '../wallets/set-wallet-state.ts';
import type { ChainParts } from './chain.ts';

export interface SeedParts {
  readonly database: Database;
  readonly chain: ChainParts;
  readonly networkUrl: string;
  readonly recipient: string;
  readonly ids: IdMaker;
  readonly random: Random;
}

/** What the seed has made and nobody can read again. */
export interface Seeded {
  /** A bot's key. */
  readonly apiKey: string;
  /** A key that may also credit balances: for the demo. */
  readonly demoApiKey: string;
  readonly demoUser: { readonly telegramId: string };
  /** An activated address that belongs to nobody. */
  readonly demoReceiver: string;
}

const DEMO_TELEGRAM_ID = 10_001n;
const DEMO_BALANCE_TRX = 1_000n;

interface SeedWallet {
  readonly label: string;
  readonly energyTrx: bigint;
  readonly balanceTrx: bigint;
}

/** Three wallets of different sizes, so that the choice between them can be seen. */
const WALLETS: readonly SeedWallet[] = [
  { label: 'Alpha', energyTrx: 150_000n, balanceTrx: 2_000n },
  { label: 'Bravo', energyTrx: 80_000n, balanceTrx: 2_000n },
  { label: 'Charlie', energyTrx: 30_000n, balanceTrx: 2_000n },
];
/** Tops up the others. A wallet of the pool has some stake; this one sells nothing. */
const TREASURY: SeedWallet = { label: 'Treasury', energyTrx: 1n, balanceTrx: 20_000n };
/** Bandwidth for some hundred delegations a day, as mainnet yields it. */
const BANDWIDTH_TRX = 100_000n;

/** Made last, with everything that is told: where it is missing, the seed has not ended. */
const BOT = 'Demo bot';

const seed: Actor = system('seed');

/** The key of an address that every local network has; it holds a few TRX of no value. */
const demoReceiverKey = hash('sha256', 'energy-desk demo receiver');

/**
 * Gives a new desk on the local network what it needs to be tried: wallets with stake, a bot's key, a
 * user with a balance, a receiver. A seed that was cut off is finished; a
 * desk that has its bot's key is left as it is.
 */
export async function seedLocalNetwork(parts: SeedParts): Promise<Seeded | undefined> {
  const { database, ids, random, networkUrl } = parts;
  if (await queryOne(database.read(), 'select from api_clients where name = $1', [BOT])) {
    return undefined;
  }
  const demoReceiver = addressOfKey(demoReceiverKey);
  await control(networkUrl, 'fund', { address: demoReceiver, sun: (100n * UNIT).toString() });
  for (const wallet of WALLETS) await addWallet(parts, wallet);
  await addTreasury(parts, await addWallet(parts, TREASURY));
  await solidify(networkUrl);
  const { energyRatio } = await parts.chain.parameters.refresh();
  await observeWallets({
    database,
    readAccount: (address) => parts.chain.solidAccount(address),
    ratio: () => Promise.resolve(energyRatio),
  });
  return database.transaction(
    seed,
    async (em) => {
      await addDuration(
        em,
        seed,
        { code: '1m', seconds: 60, label: '1 minute' },
        { per: 'RENTAL', tiers: [{ fromEnergy: '1', sunPerEnergy: '30' }] },
        'the local network sells a minute, so that the end of a rental can be watched',
      );
      await adjustBalance(em, ids, seed, {
        user: { by: 'telegramId', telegramId: DEMO_TELEGRAM_ID },
        amount: DEMO_BALANCE_TRX * UNIT,
        currency: 'TRX',
        reason: 'Play money of the local network',
        idempotencyKey: 'demo user',
      });
      const bot = await createApiClient(em, { name: BOT, roles: ['BOT'] }, seed, {
        ids,
        random,
      });
      const demo = await createApiClient(
        em,
        { name: 'npm run demo', roles: ['BOT', 'FINANCE'] },
        seed,
        { ids, random },
      );
      return {
        apiKey: bot.key,
        demoApiKey: demo.key,
        demoUser: { telegramId: DEMO_TELEGRAM_ID.toString() },
        demoReceiver,
      };
    },
    'seed of the local network',
  );
}

async function addWallet(
  { database, chain, networkUrl, recipient, ids, random }: SeedParts,
  { label, energyTrx, balanceTrx }: SeedWallet,
): Promise<Address> {
  const known = await queryOne<{ address: Address }>(
    database.read(),
    'select address from wallets where label = $1',
    [label],
  );
  if (known) return known.address;
  const privateKey = random.bytes(32).toString('hex');
  const address = addressOfKey(privateKey);
  const sun = (trx: bigint): string => (trx * UNIT).toString();
  await control(networkUrl, 'fund', { address, sun: sun(balanceTrx) });
  await control(networkUrl, 'stake', { address, sun: sun(energyTrx), resource: 'ENERGY' });
  await control(networkUrl, 'stake', { address, sun: sun(BANDWIDTH_TRX), resource: 'BANDWIDTH' });
  await control(networkUrl, 'step', { blocks: 1 });
  await registerWallet(
    { database, ids, recipient, account: (at) => chain.headAccount(at) },
    { actor: seed, label, privateKey, permissionId: 0, address: null },
    () => Promise.resolve(),
  );
  return address;
}

async function addTreasury({ database }: SeedParts, address: Address): Promise<void> {
  await database.transaction(seed, async (em) => {
    const wallet = await queryOne<{ id: string }>(em, 'select id from wallets where address = $1', [
      address,
    ]);
    const { id } = present(wallet, 'treasury wallet');
    const reason = 'It tops up the other wallets of the local network';
    await setWalletState(em, { walletId: id, state: 'PAUSED', reason });
    await changeSettings(em, seed, [change('upkeep.treasuryWallet', address)], reason);
  });
}

/** Only solid stake is sold: without this the first order would have to wait for it. */
async function solidify(networkUrl: string): Promise<void> {
  const response = await fetch(`${networkUrl}/devnet/status`);
  const { head, solid } = (await response.json()) as Record<'head' | 'solid', { number: number }>;
  await control(networkUrl, 'step', { blocks: head.number - solid.number + 1 });
}

/** The local network's own control endpoints, which no real network has. */
async function control(networkUrl: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${networkUrl}/devnet/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`/devnet/${path}: ${await response.text()}`);
}
