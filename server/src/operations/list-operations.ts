import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { type OperationRow, SELECT_OPERATIONS } from './operation-rows.ts';
import type { OperationKind, OperationState } from './operation-states.ts';

/** Which operations; null does not matter. */
export interface OperationConditions {
  readonly kinds: readonly OperationKind[] | null;
  readonly states: readonly OperationState[] | null;
  /** As stored: `deliver`, `reclaim`, `wallet`. */
  readonly purpose: string | null;
  readonly walletId: string | null;
}

/** Operations across all wallets, newest first: one more than asked for when there are more. */
export function listOperations(
  em: EntityManager,
  wanted: OperationConditions,
  page: { readonly first: number; readonly after: string | null },
): Promise<OperationRow[]> {
  // Deliveries are the many: the few beside them are found by the table of their requests.
  const source = wanted.purpose === 'wallet' ? 'and r.id is not null' : '';
  return query<OperationRow>(
    em,
    `${SELECT_OPERATIONS}
     where ($1::text[] is null or o.kind = any($1)) and ($2::text[] is null or o.state = any($2))
       and ($3::text is null or o.purpose = $3)
       and ($4::uuid is null or o.owner = (select address from wallets where id = $4))
       and ($5::uuid is null or o.id < $5) ${source}
     order by o.id desc limit $6`,
    [wanted.kinds, wanted.states, wanted.purpose, wanted.walletId, page.after, page.first + 1],
  );
}
