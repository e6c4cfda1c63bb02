import { because, type EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Address } from '../chain/address.ts';
import { refusalSubject } from './refused-answer.ts';

/** Refusals after which the same again from the same wallet has no chance; whom they blame is said by `refusalSubject`. */
export const REFUSED_THE_WALLET = '^(CONTRACT_VALIDATE_ERROR|BANDWITH_ERROR|SIGERROR)';

/**
 * Takes wallets out of the sale whose last deliveries and reclaims were all refused by nodes and then
 * proved dead.
 * The answers alone decide nothing about any order; an operator brings the wallet back. What was
 * built for a permission that the wallet no longer signs under says nothing about it.
 * @param after how many attempts in a row
 */
export async function quarantineWallets(
  em: EntityManager,
  addresses: readonly Address[],
  after: number,
): Promise<void> {
  const wallets = await query<{ id: string; address: Address; last: LastAttempt[] }>(
    em,
    `select w.id, w.address,
            array(select jsonb_build_object('state', a.state, 'answer', a.last_answer,
                                            'receiver', o.receiver)
                  from attempts a join chain_operations o on o.id = a.operation_id
                  where a.owner = w.address and o.kind in ('DELEGATE', 'UNDELEGATE')
                    and a.state in ('SOLID', 'DEAD') and a.sends > 0
                    and a.built_at >= coalesce(w.permission_since, '-infinity')
                  order by a.timestamp_ms desc limit $2) as last
     from wallets w
     where w.address = any($1) and w.state in ('ACTIVE', 'DRAINING')
     order by w.id for no key update of w`,
    [addresses, after],
  );
  const failing = wallets.filter(
    ({ address, last }) => last.length === after && last.every((one) => blames(address, one)),
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

interface LastAttempt {
  readonly state: 'SOLID' | 'DEAD';
  readonly answer: string | null;
  readonly receiver: Address | null;
}

/** A receiver that nobody can deliver to says nothing of the wallet that tried. */
function blames(owner: Address, { state, answer, receiver }: LastAttempt): boolean {
  return state === 'DEAD' && refusalSubject(answer ?? '', { owner, receiver }) === 'WALLET';
}
