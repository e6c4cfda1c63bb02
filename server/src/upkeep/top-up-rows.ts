import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';

/** TRX that the treasury sends, or sent, to a wallet for its fees. */
export interface TopUpRow {
  readonly operationId: string;
  readonly walletId: string;
  /** Sun. */
  readonly amount: bigint;
  /** False when an operator asked for it. */
  readonly byRule: boolean;
  readonly requestedAt: Date;
}

/**
 * The newest first.
 * @param first rows wanted, at most 200
 * @param operationId only this one
 */
export function newestTopUps(
  em: EntityManager,
  first: number,
  operationId?: string,
): Promise<TopUpRow[]> {
  return query<TopUpRow>(
    em,
    `select operation_id as "operationId", wallet_id as "walletId", sun as amount,
            by_rule as "byRule", requested_at as "requestedAt"
     from top_ups where $2::uuid is null or operation_id = $2 order by operation_id desc limit $1`,
    [first, operationId ?? null],
  );
}

/** Why top-ups cannot be made, and since when; nulls while they can. */
export interface UpkeepState {
  readonly problem: string | null;
  readonly since: Date | null;
}

export async function upkeepState(em: EntityManager): Promise<UpkeepState> {
  const row = await queryOne<UpkeepState>(em, 'select problem, since from upkeep_state');
  return row ?? { problem: null, since: null };
}
