import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Resource } from '../chain/transaction.ts';
import type { DifferenceKind, DifferenceState } from './difference-states.ts';

/** A difference as it is shown; amounts in sun. */
export interface DifferenceRow {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly state: DifferenceState;
  readonly walletId: string;
  readonly receiver: string | null;
  readonly resource: Resource | null;
  readonly txid: string | null;
  readonly chain: bigint | null;
  readonly books: bigint | null;
  /** Chain less books. */
  readonly difference: bigint | null;
  readonly block: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly note: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

const SELECT = `
  select id, kind, state, wallet_id as "walletId", receiver, resource, txid, chain_sun as chain,
         books_sun as books, chain_sun - books_sun as difference, block::int as block, details, note,
         first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
  from differences`;

/** The differences with these ids, by id. */
export async function differencesByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, DifferenceRow>> {
  const rows = await query<DifferenceRow>(em, `${SELECT} where id = any($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every condition that is given must hold. */
export interface DifferenceConditions {
  readonly kinds: readonly DifferenceKind[] | null;
  readonly states: readonly DifferenceState[] | null;
  readonly walletId: string | null;
}

/** One page, the newest first; one row more than asked for when there are more. */
export function listDifferences(
  em: EntityManager,
  { kinds, states, walletId }: DifferenceConditions,
  page: { readonly first: number; readonly after: string | null },
): Promise<DifferenceRow[]> {
  return query<DifferenceRow>(
    em,
    `${SELECT}
     where ($1::text[] is null or kind = any($1)) and ($2::text[] is null or state = any($2))
       and ($3::uuid is null or wallet_id = $3) and ($4::uuid is null or id < $4)
     order by id desc limit $5`,
    [kinds, states, walletId, page.after, page.first + 1],
  );
}

/** An operator's undelegation of stake that the books do not own. */
export interface OrphanReclaimRow {
  readonly id: string;
  readonly differenceId: string;
  readonly sun: bigint;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

/** What was taken back of these differences, the first first; keyed by difference. */
export async function reclaimsOfDifferences(
  em: EntityManager,
  differenceIds: readonly string[],
): Promise<Map<string, OrphanReclaimRow[]>> {
  const rows = await query<OrphanReclaimRow>(
    em,
    `select id, difference_id as "differenceId", sun, reason, actor, at from orphan_reclaims
     where difference_id = any($1::uuid[]) order by id`,
    [differenceIds],
  );
  return Map.groupBy(rows, ({ differenceId }) => differenceId);
}

/** A wallet's delegations for Energy as a whole, when they were compared last; amounts in sun. */
export interface DriftRow {
  readonly walletId: string;
  readonly chain: bigint;
  readonly books: bigint;
  readonly difference: bigint;
  readonly comparedAtBlock: number;
  readonly comparedAt: Date;
}

/** By wallet; those that were never compared are not in the answer. */
export async function driftOfWallets(
  em: EntityManager,
  walletIds: readonly string[],
): Promise<Map<string, DriftRow>> {
  const rows = await query<DriftRow>(
    em,
    `select wallet_id as "walletId", chain_sun as chain, books_sun as books,
            difference_sun as difference, block::int as "comparedAtBlock",
            compared_at as "comparedAt"
     from wallet_inspections where wallet_id = any($1::uuid[])`,
    [walletIds],
  );
  return new Map(rows.map((row) => [row.walletId, row]));
}
