import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { AttemptState, OperationKind, OperationState } from './operation-states.ts';

export interface OperationRow {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly owner: string;
  readonly receiver: string | null;
  /** Sun. */
  readonly amount: bigint | null;
  readonly resource: 'ENERGY' | 'BANDWIDTH' | null;
  /** Votes or permissions; see effect-rows.ts. */
  readonly details: unknown;
  /** Why the last attempt came to nothing; null once the next one is sent. */
  readonly lastProblem: string | null;
  readonly purpose: string;
  /** What asked for it; of a delegation and its reclaim the slice. */
  readonly reference: string;
  readonly permissionId: number;
  /** How many transactions were made for it. */
  readonly attemptCount: number;
  readonly deadlineAt: Date | null;
  /** Who asked for it and why; null where an order did. */
  readonly actorText: string | null;
  readonly reason: string | null;
  /** The wallet of the pool whose account it is. */
  readonly walletId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface AttemptRow {
  readonly id: string;
  readonly operationId: string;
  readonly number: number;
  readonly state: AttemptState;
  readonly txid: string;
  /** Chain time. */
  readonly expiresAt: Date;
  readonly refBlock: number;
  readonly sentAt: Date | null;
  readonly includedBlock: number | null;
  readonly includedAt: Date | null;
  readonly solidAt: Date | null;
  readonly deadAt: Date | null;
  readonly lastAnswer: string | null;
  readonly evidence: unknown;
}

export const SELECT_OPERATIONS = `
  select o.id, o.kind, o.state, o.owner, o.receiver, o.amount_sun as amount, o.resource, o.details,
         o.last_problem as "lastProblem", o.purpose, o.reference, o.permission_id as "permissionId",
         o.attempts as "attemptCount", o.deadline_at as "deadlineAt", r.actor as "actorText", r.reason,
         w.id as "walletId", o.created_at as "createdAt", o.updated_at as "updatedAt"
  from chain_operations o
  left join wallet_operations r on r.id = o.id
  left join wallets w on w.address = o.owner`;

/** The newest operation of a kind for each of these references; keyed by reference. */
export async function operationsOfReferences(
  em: EntityManager,
  kind: OperationKind,
  references: readonly string[],
): Promise<Map<string, OperationRow>> {
  const rows = await query<OperationRow>(
    em,
    `${SELECT_OPERATIONS} where o.reference = any($2::uuid[]) and o.kind = $1 order by o.id`,
    [kind, references],
  );
  return new Map(rows.map((row) => [row.reference, row]));
}

export interface OperationPage {
  readonly first: number;
  /** The id of the last operation already seen. */
  readonly after: string | null;
}

/** What was wanted of one chain account, newest first: one more than asked for when there are more. */
export function operationsOfOwner(
  em: EntityManager,
  owner: string,
  page: OperationPage,
): Promise<OperationRow[]> {
  return query<OperationRow>(
    em,
    `${SELECT_OPERATIONS}
     where o.owner = $1 and ($2::uuid is null or o.id < $2) order by o.id desc limit $3`,
    [owner, page.after, page.first + 1],
  );
}

/** The attempts of these operations in their order; keyed by operation. */
export async function attemptsOfOperations(
  em: EntityManager,
  operationIds: readonly string[],
): Promise<Map<string, AttemptRow[]>> {
  const rows = await query<AttemptRow>(
    em,
    `select id, operation_id as "operationId", number, state, txid,
            to_timestamp(expiration_ms / 1000.0) as "expiresAt", ref_block::int as "refBlock", sent_at as "sentAt",
            included_block::int as "includedBlock", included_at as "includedAt",
            solid_at as "solidAt", dead_at as "deadAt", last_answer as "lastAnswer", evidence
     from attempts where operation_id = any($1::uuid[]) order by operation_id, number`,
    [operationIds],
  );
  return Map.groupBy(rows, ({ operationId }) => operationId);
}

/** The operations with these ids, by id. */
export async function operationsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, OperationRow>> {
  const rows = await query<OperationRow>(em, `${SELECT_OPERATIONS} where o.id = any($1::uuid[])`, [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
