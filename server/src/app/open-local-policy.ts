import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../database/database.ts';
import { query } from '../database/query.ts';
import { readSettings } from '../settings/read-settings.ts';
import { POLICY_FILE } from '../signer/open-desk.ts';
import { SIGNABLE_EFFECTS } from '../signer/policy.ts';

/** A million TRX at once, ten million in a day. */
const LOCAL_PAYOUT_SUN = '1000000000000';
const LOCAL_PAYOUTS_SUN = '10000000000000';
/** What a transfer of USDT may burn: a first one costs 13 TRX. */
const LOCAL_FEE_LIMIT_SUN = '100000000';

/**
 * On the local network, whose TRX are worth nothing, the signer signs every kind of effect and pays
 * to the pool's wallets and to users, so that all of the desk can be tried. A policy that is there stays as it is.
 */
export async function openLocalPolicy(database: Database, folder: string): Promise<void> {
  const wallets = await query<{ address: string }>(
    database.read(),
    'select address from wallets order by registered_at, id',
  );
  const policy = {
    effects: SIGNABLE_EFFECTS,
    transferReceivers: wallets.map(({ address }) => address),
    payouts: {
      fromOwners: wallets.map(({ address }) => address),
      sunPerTransfer: LOCAL_PAYOUT_SUN,
      sunPerDay: LOCAL_PAYOUTS_SUN,
    },
    tokens: {
      contract: (await readSettings(database.read())).values['deposits.usdtContract'],
      microsPerTransfer: LOCAL_PAYOUT_SUN,
      microsPerDay: LOCAL_PAYOUTS_SUN,
      feeLimitSun: LOCAL_FEE_LIMIT_SUN,
    },
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path.join(folder, POLICY_FILE), `${JSON.stringify(policy, null, 2)}\n`, {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
