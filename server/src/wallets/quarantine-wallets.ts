import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Address } from '../tron/address.ts';

/** Answers that say something of the wallet: what it holds, its bandwidth, its permissions. */
export const REFUSED_THE_WALLET = '^(CONTRACT_VALIDATE_ERROR|BANDWITH_ERROR|SIGERROR)';

/**
 * Takes wallets out of the sale whose last attempts were all refused by nodes and then proved dead.
 * The answers alone decide nothing about any order; an operator brings the wallet back. What was
 * built for a permission that the wallet no longer signs under says nothing about it.
 * @param after how many attempts in a row
 */
export async function quarantineWallets(
  em: EntityManager,
  addresses: readonly Address[],
  after: number,
): Promise<void> {
  const failing = await query<{ id: string }>(
    em,
    `select w.id from wallets w
     where w.address = any($1) and w.state in ('ACTIVE', 'DRAINING')
       and (select count(*) filter (where state = 'DEAD' and last_answer ~ $3)
            from (select a.state, a.last_answer from attempts a
                  where a.owner = w.address and a.state in ('SOLID', 'DEAD') and a.sends > 0
                    and a.built_at >= coalesce(w.permission_since, '-infinity')
                  order by a.timestamp_ms desc limit $2) last) = $2
     order by w.id for no key update of w`,
    [addresses, after, REFUSED_THE_WALLET],
  );
  if (failing.length === 0) return;
  const reason = `${after.toString()} attempts in a row were refused and proved dead`;
  await because(em, reason);
  await query(
    em,
    `update wallets set state = 'QUARANTINED', state_reason = $2 where id = any($1::uuid[])`,
    [failing.map(({ id }) => id), reason],
  );
}
