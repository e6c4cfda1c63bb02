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

const SELECT_OPERATIONS = `
  select id, kind, state, owner, receiver, amount_sun as amount, resource, details,
         last_problem as "lastProblem", purpose, reference,
         created_at as "createdAt", updated_at as "updatedAt"
  from chain_operations`;

/** The newest operation of a kind for each of these references; keyed by reference. */
export async function operationsOfReferences(
  em: EntityManager,
  kind: OperationKind,
  references: readonly string[],
): Promise<Map<string, OperationRow>> {
  const rows = await query<OperationRow>(
    em,
    `${SELECT_OPERATIONS} where reference = any($2::uuid[]) and kind = $1 order by id`,
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
     where owner = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
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
