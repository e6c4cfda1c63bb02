import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import type { ChainEffect } from '../chain/transaction.ts';
import { rowOf } from './effect-rows.ts';

export interface Intention {
  readonly id: string;
  /** Exact; an undelegation names the sun that the delegation named. */
  readonly effect: ChainEffect;
  readonly permissionId: number;
  /** Whose handler is told; with the reference it names the effect, which is intended once. */
  readonly purpose: string;
  readonly reference: string;
  /** No attempt begins after it; null tries for ever. */
  readonly deadlineAt: Date | null;
}

const INSERT = prepared(
  `insert into chain_operations
       (id, kind, owner, receiver, amount_sun, resource, details, permission_id, purpose, reference, deadline_at, state)
     select *, 'INTENDED' from unnest(
       $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::jsonb[], $8::int[],
       $9::text[], $10::uuid[], $11::timestamptz[])`,
);

/** Writes down what shall happen on chain. The engine takes it from there, whatever happens to us. */
export async function intendOperations(
  em: EntityManager,
  intentions: readonly Intention[],
): Promise<void> {
  if (intentions.length === 0) return;
  const rows = intentions.map(({ effect }) => rowOf(effect));
  await query(em, INSERT, [
    intentions.map(({ id }) => id),
    rows.map(({ kind }) => kind),
    rows.map(({ owner }) => owner),
    rows.map(({ receiver }) => receiver),
    rows.map(({ amount_sun }) => amount_sun),
    rows.map(({ resource }) => resource),
    rows.map(({ details }) => (details === null ? null : JSON.stringify(details))),
    intentions.map(({ permissionId }) => permissionId),
    intentions.map(({ purpose }) => purpose),
    intentions.map(({ reference }) => reference),
    intentions.map(({ deadlineAt }) => deadlineAt),
  ]);
}
