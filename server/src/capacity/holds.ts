import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { changeCommitted } from './capacity.ts';

/**
 * Takes Energy stake out of the sale because an operation will unstake it. The wallet is locked by
 * the caller; `wallets_not_oversold` refuses stake that is promised already.
 */
export async function holdStake(
  em: EntityManager,
  hold: { readonly operationId: string; readonly walletId: string; readonly sun: bigint },
): Promise<void> {
  const { operationId, walletId, sun } = hold;
  await query(
    em,
    `insert into wallet_holds (id, wallet_id, sun, state) values ($1, $2, $3, 'HELD')`,
    [operationId, walletId, sun],
  );
  await changeCommitted(em, [{ wallet_id: walletId, sun }]);
}

/** The operations will never unstake it: it is for sale again. */
export async function releaseHolds(
  em: EntityManager,
  operationIds: readonly string[],
): Promise<void> {
  const released = await query<{ wallet_id: string; sun: bigint }>(
    em,
    `update wallet_holds set state = 'RELEASED'
     where id = any($1::uuid[]) and state = 'HELD' returning wallet_id, sun`,
    [operationIds],
  );
  await changeCommitted(
    em,
    released.map(({ wallet_id, sun }) => ({ wallet_id, sun: -sun })),
  );
}

/**
 * The unstaking is in a solid block. The hold ends when an observation of the wallet has reached
 * that block, since only then what can be sold is known to be less (`finishReturns`).
 */
export async function settleHolds(
  em: EntityManager,
  settled: readonly { readonly operationId: string; readonly block: number }[],
): Promise<void> {
  await query(
    em,
    `update wallet_holds h set state = 'SETTLING', settled_block = b.block
     from unnest($1::uuid[], $2::bigint[]) as b(id, block) where h.id = b.id and h.state = 'HELD'`,
    [settled.map(({ operationId }) => operationId), settled.map(({ block }) => block)],
  );
}
