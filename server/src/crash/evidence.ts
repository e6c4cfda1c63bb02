import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { House } from './house.ts';

/** What a bad case is explained by; small, for a house plays some dozens of cases. */
const TABLES = [
  'orders',
  'order_slices',
  'rentals',
  'reservations',
  'chain_operations',
  'attempts',
  'state_changes',
  'ledger_transfers',
  'ledger_entries',
  'wallets',
  'wallet_transactions',
  'chain_cursors',
  'differences',
  'safe_mode_entries',
  'safe_mode_changes',
  'invariant_checks',
];

/**
 * Keeps what a house that is broken shows before it is torn down: its processes' logs, and its rows
 * and the chain's own record as JSON.
 * @param folder is made; what cannot be read is said in it
 */
export async function keepEvidence(house: House, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { log } of house.instances) {
    await copyFile(log, path.join(folder, path.basename(log)));
  }
  const keep = (name: string, what: unknown): Promise<void> =>
    writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(what, undefined, 1)}\n`);
  try {
    for (const table of TABLES) {
      const { rows } = await house.sql.query<{ row: unknown }>(
        `select to_jsonb(t) as row from ${table} t`,
      );
      await keep(
        table,
        rows.map(({ row }) => row),
      );
    }
    const wallets = await house.sql.query<{ address: string }>('select address from wallets');
    const response = await fetch(`${house.devnet.url}/devnet/record`, {
      method: 'POST',
      body: JSON.stringify({ owners: wallets.rows.map(({ address }) => address) }),
    });
    await keep('chain-record', await response.json());
  } catch (error) {
    await writeFile(path.join(folder, 'unread.txt'), `${String(error)}\n`);
  }
}
