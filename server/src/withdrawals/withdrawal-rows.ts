import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';
import type { Address } from '../chain/address.ts';
import type { AccountCode } from '../ledger/chart.ts';
import type { WithdrawalState } from './withdrawal-states.ts';

/** USER: somebody takes out what is theirs. DEPOSIT_RETURN: an unclaimed deposit goes back. */
export type WithdrawalOrigin = 'USER' | 'DEPOSIT_RETURN';

export interface WithdrawalRow {
  readonly id: string;
  readonly state: WithdrawalState;
  readonly origin: WithdrawalOrigin;
  /** Of a return the deposit. */
  readonly reference: string | null;
  readonly userId: string | null;
  readonly sourceCode: AccountCode | null;
  /** The API client that asked. */
  readonly clientId: string | null;
  readonly currency: Currency;
  /** Micro-units that leave the source; the receiver gets them less the fee. */
  readonly gross: bigint;
  readonly fee: bigint;
  readonly activationFee: bigint;
  readonly address: Address;
  readonly reason: string | null;
  readonly waitsBecause: string | null;
  /** Nothing is sent before. */
  readonly notBefore: Date;
  readonly walletId: string | null;
  readonly operationId: string | null;
  readonly problem: string | null;
  readonly txid: string | null;
  readonly requester: string;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
}

export const WITHDRAWAL_COLUMNS = `
  w.id, w.state, w.origin, w.reference, w.user_id as "userId", w.source_code as "sourceCode",
  w.client_id as "clientId", w.currency, w.gross, w.fee, w.activation_fee as "activationFee",
  w.address, w.reason, w.waits_because as "waitsBecause", w.not_before as "notBefore",
  w.wallet_id as "walletId", w.operation_id as "operationId", w.problem, w.txid, w.requester,
  w.decided_by as "decidedBy", w.decision_reason as "decisionReason",
  w.requested_at as "requestedAt", w.ended_at as "endedAt"`;

export async function withdrawalsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, WithdrawalRow>> {
  const rows = await query<WithdrawalRow>(
    em,
    `select ${WITHDRAWAL_COLUMNS} from withdrawals w where w.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a caller asked for under this key, with the hash of what it said. */
export function withdrawalOfKey(
  em: EntityManager,
  caller: string,
  key: string,
): Promise<{ readonly id: string; readonly contentHash: Buffer } | undefined> {
  return queryOne(
    em,
    `select id, content_hash as "contentHash" from withdrawals where caller = $1 and key = $2`,
    [caller, key],
  );
}

/** All conditions that are given must hold. */
export interface WithdrawalConditions {
  readonly states?: readonly WithdrawalState[] | null | undefined;
  readonly userId?: string | null | undefined;
  /** What this API client may see. */
  readonly clientId?: string | undefined;
}

/** Withdrawals, the newest first: one more than asked for when there are more. */
export function listWithdrawals(
  em: EntityManager,
  { states, userId, clientId }: WithdrawalConditions,
  page: { readonly first: number; readonly after: string | null },
): Promise<WithdrawalRow[]> {
  return query<WithdrawalRow>(
    em,
    `select ${WITHDRAWAL_COLUMNS} from withdrawals w
     where ($1::text[] is null or w.state = any($1)) and ($2::uuid is null or w.user_id = $2)
       and ($3::uuid is null or w.client_id = $3) and ($4::uuid is null or w.id < $4)
     order by w.id desc limit $5`,
    [states ?? null, userId ?? null, clientId ?? null, page.after, page.first + 1],
  );
}
