import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import { type Actor, formatActor } from '../kernel/actor.ts';

export interface Posting {
  readonly account: bigint;
  /** Micro-units; positive raises the account's balance. */
  readonly amount: bigint;
}

export interface Transfer {
  /** What kind of movement: `order.hold`, `adjustment`, … */
  readonly kind: string;
  /** What it was for; a kind happens once per reference, for ever. */
  readonly reference: string;
  readonly reason?: string;
  /** At least two, summing to zero per asset. */
  readonly postings: readonly Posting[];
}

const POST = prepared(
  `select post_transfers($1::text[], $2::text[], $3::text[], $4::text, $5::int[], $6::bigint[], $7::bigint[])`,
);

/**
 * Writes balanced movements into the books: the only writer of them. All or none; a repeated
 * (kind, reference), an unbalanced transfer or a user's balance below zero fails the transaction.
 * Locks the accounts: users' by id, then the system's by id.
 */
export async function postTransfers(
  em: EntityManager,
  actor: Actor,
  transfers: readonly Transfer[],
): Promise<void> {
  if (transfers.length === 0) return;
  const postings = transfers.flatMap((transfer, index) =>
    transfer.postings.map((posting) => ({ ...posting, transfer: index + 1 })),
  );
  await query(em, POST, [
    transfers.map(({ kind }) => kind),
    transfers.map(({ reference }) => reference),
    transfers.map(({ reason }) => reason ?? null),
    formatActor(actor),
    postings.map(({ transfer }) => transfer),
    postings.map(({ account }) => account),
    postings.map(({ amount }) => amount),
  ]);
}
