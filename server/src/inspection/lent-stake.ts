import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Address } from '../chain/address.ts';
import type { Lent } from './books-timeline.ts';

interface RentalRow {
  receiver: Address;
  sun: bigint;
  starts_at: Date;
  reclaimed_at: Date | null;
}

/**
 * What the books say a wallet has delegated, or had since the moment: its rentals, which begin and
 * end with the solid blocks that delegate and undelegate them. Nothing else of the desk delegates.
 * @param sinceMs chain time
 */
export async function lentByWallet(
  em: EntityManager,
  walletId: string,
  sinceMs: number,
): Promise<Lent[]> {
  const rows = await query<RentalRow>(
    em,
    `select receiver, stake_sun as sun, starts_at, null::timestamptz as reclaimed_at
     from rentals where wallet_id = $1 and state <> 'RECLAIMED'
     union all
     select receiver, stake_sun, starts_at, reclaimed_at
     from rentals where wallet_id = $1 and state = 'RECLAIMED'
       and reclaimed_at > to_timestamp($2 / 1000.0)`,
    [walletId, sinceMs],
  );
  return rows.map((row) => ({
    receiver: row.receiver,
    resource: 'ENERGY',
    sun: row.sun,
    fromMs: row.starts_at.getTime(),
    untilMs: row.reclaimed_at?.getTime() ?? null,
  }));
}
