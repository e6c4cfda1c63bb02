import { Pool } from '#lib/wallets/pool.ts';

/** The whole pool: it has tens of wallets, so there are no pages. */
export function load(): { pool: Pool } {
  return { pool: new Pool() };
}
