import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Address } from '../tron/address.ts';
import type { Resource } from '../tron/transaction.ts';
import type { OperationKind } from './operation-states.ts';

export interface Intention {
  readonly id: string;
  readonly kind: OperationKind;
  readonly owner: Address;
  readonly receiver: Address;
  /** Exact; an undelegation names what the delegation named. */
  readonly amountSun: bigint;
  readonly resource: Resource;
  readonly permissionId: number;
  /** Whose handler is told; with the reference it names the effect, which is intended once. */
  readonly purpose: string;
  readonly reference: string;
  /** No attempt begins after it; null tries for ever. */
  readonly deadlineAt: Date | null;
}

/** Writes down what shall happen on chain. The engine takes it from there, whatever happens to us. */
export async function intendOperations(
  em: EntityManager,
  intentions: readonly Intention[],
): Promise<void> {
  if (intentions.length === 0) return;
  await query(
    em,
    `insert into chain_operations
       (id, kind, owner, receiver, amount_sun, resource, permission_id, purpose, reference, deadline_at, state)
     select *, 'INTENDED' from unnest(
       $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[], $8::text[],
       $9::uuid[], $10::timestamptz[])`,
    [
      intentions.map(({ id }) => id),
      intentions.map(({ kind }) => kind),
      intentions.map(({ owner }) => owner),
      intentions.map(({ receiver }) => receiver),
      intentions.map(({ amountSun }) => amountSun),
      intentions.map(({ resource }) => resource),
      intentions.map(({ permissionId }) => permissionId),
      intentions.map(({ purpose }) => purpose),
      intentions.map(({ reference }) => reference),
      intentions.map(({ deadlineAt }) => deadlineAt),
    ],
  );
}
