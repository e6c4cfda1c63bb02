import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import type { SweepState } from './sweep-states.ts';

export interface SweepRow {
  readonly id: string;
  readonly address: Address;
  readonly currency: Currency;
  /** Micro-units. */
  readonly amount: bigint;
  readonly to: Address;
  readonly feeLimitSun: bigint;
  readonly fuelSun: bigint;
  readonly fuelOperationId: string | null;
  readonly operationId: string | null;
  readonly state: SweepState;
  readonly problem: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
}

export const SWEEP_COLUMNS = `
  s.id, s.address, s.currency, s.amount, s.to_address as "to", s.fee_limit_sun as "feeLimitSun",
  s.fuel_sun as "fuelSun", s.fuel_operation_id as "fuelOperationId",
  s.operation_id as "operationId", s.state, s.problem, s.actor, s.reason,
  s.requested_at as "requestedAt", s.ended_at as "endedAt"`;

/** By their ids, in the order of those. */
export function sweepsByIds(em: EntityManager, ids: readonly string[]): Promise<SweepRow[]> {
  return query<SweepRow>(
    em,
    `select ${SWEEP_COLUMNS} from sweeps s where s.id = any($1::uuid[]) order by s.id`,
    [ids],
  );
}

/** The newest first: one more than asked for when there are more. */
export function listSweeps(
  em: EntityManager,
  page: { readonly first: number; readonly after: string | null },
): Promise<SweepRow[]> {
  return query<SweepRow>(
    em,
    `select ${SWEEP_COLUMNS} from sweeps s where $1::uuid is null or s.id < $1
     order by s.id desc limit $2`,
    [page.after, page.first + 1],
  );
}

/** A derived address that may hold something, by the books. */
export interface SweepCandidate {
  readonly address: Address;
  readonly userId: string;
  /** Whether the signer has what it takes to sign for it. */
  readonly signable: boolean;
  readonly isOpen: boolean;
}

/**
 * Derived addresses, those first on which the most came in since it was last swept; or just these.
 * What is really there, the chain says.
 */
export function sweepCandidates(
  em: EntityManager,
  addresses: readonly Address[] | null,
  first: number,
): Promise<SweepCandidate[]> {
  return query<SweepCandidate>(
    em,
    `select d.address, d.user_id as "userId", s.account_key is not null as signable,
            exists (select from sweeps w
                    where w.address = d.address and w.state in ('FUELLING', 'SENDING')) as "isOpen"
     from deposit_addresses d
     left join deposit_seeds s on s.account_key = d.account_key
     left join lateral (
       select coalesce(sum(p.amount), 0)
              - coalesce((select sum(w.amount) from sweeps w
                          where w.address = d.address and w.state = 'SETTLED'), 0) as held
       from deposits p
       where p.address = d.address and p.currency is not null and p.state not in ('SEEN', 'GONE')
     ) h on true
     where d.kind = 'USER' and case when $1::text[] is null then h.held > 0 else d.address = any($1) end
     order by h.held desc, d.address limit $2`,
    [addresses, first],
  );
}
