import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { recordEvents } from '../events/record-events.ts';
import { kindOf } from '../operations/effect-rows.ts';
import type { Fate, FateInBlock, PurposeHandler, Verdict } from '../operations/purposes.ts';
import { releaseHolds, settleHolds } from '../capacity/holds.ts';
import { REFUSED_THE_WALLET } from '../wallets/quarantine-wallets.ts';

/** What the fate of an operation on a wallet's own account means for the wallet and its stock. */
export const walletOperations: PurposeHandler = {
  sending: () => Promise.resolve(),

  included: (em, fates) => announce(em, 'operation.included', fates),

  removed: (em, fates) => announce(em, 'operation.removed', fates),

  async solid(em, fates) {
    await settleHolds(
      em,
      fates.map(({ operationId, block }) => ({ operationId, block: block.number })),
    );
    await announce(em, 'operation.solid', fates);
  },

  /** It is proved dead either way; what a node said only tells whether another attempt has a chance. */
  async dead(em, fates): Promise<ReadonlyMap<string, Verdict>> {
    const refused = await query<{ operation_id: string }>(
      em,
      `select operation_id from attempts where txid = any($1::text[]) and last_answer ~ $2`,
      [fates.map(({ txid }) => txid), REFUSED_THE_WALLET],
    );
    return new Map(refused.map(({ operation_id }) => [operation_id, 'ABANDON']));
  },

  async abandoned(em, fates) {
    await releaseHolds(
      em,
      fates.map(({ operationId }) => operationId),
    );
    await announceEnd(
      em,
      'operation.abandoned',
      fates.map(({ operationId }) => operationId),
    );
  },
};

/** Tells that operations will never happen. */
export async function announceEnd(
  em: EntityManager,
  kind: 'operation.abandoned' | 'operation.cancelled',
  operationIds: readonly string[],
): Promise<void> {
  const rows = await query<{
    id: string;
    kind: string;
    wallet_id: string;
    last_problem: string | null;
  }>(
    em,
    `select o.id, o.kind, w.wallet_id, o.last_problem
     from chain_operations o join wallet_operations w on w.id = o.id where o.id = any($1::uuid[])`,
    [operationIds],
  );
  await recordEvents(
    em,
    rows.map((row) => ({
      kind,
      subjectKind: 'operation',
      subjectId: row.id,
      payload: { kind: row.kind, walletId: row.wallet_id, problem: row.last_problem },
    })),
  );
}

async function announce(
  em: EntityManager,
  kind: string,
  fates: readonly (Fate | FateInBlock)[],
): Promise<void> {
  const rows = await query<{ id: string; wallet_id: string }>(
    em,
    'select id, wallet_id from wallet_operations where id = any($1::uuid[])',
    [fates.map(({ operationId }) => operationId)],
  );
  const walletOf = new Map(rows.map((row) => [row.id, row.wallet_id]));
  await recordEvents(
    em,
    fates.map((fate) => ({
      kind,
      subjectKind: 'operation',
      subjectId: fate.operationId,
      payload: {
        kind: kindOf(fate.effect),
        walletId: walletOf.get(fate.operationId) ?? null,
        txid: fate.txid,
        ...('block' in fate && { block: fate.block.number }),
      },
    })),
  );
}
