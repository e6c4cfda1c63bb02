import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { Currency } from '../kernel/money.ts';
import type { MatchedBy, Suggestion, UnclaimedReason } from './decide-payer.ts';
import type { DepositState, IntentState } from './deposit-states.ts';

/** A deposit as stored; amounts in micro-units. */
export interface DepositRow {
  readonly id: string;
  readonly state: DepositState;
  readonly txid: string;
  readonly logIndex: number;
  readonly address: string;
  readonly sender: string | null;
  /** Null for a token that the desk does not take. */
  readonly currency: Currency | null;
  readonly amount: bigint | null;
  readonly token: string | null;
  readonly tokenAmount: string | null;
  readonly memo: string | null;
  readonly fromContract: boolean;
  readonly block: number;
  readonly at: Date;
  readonly expectedAt: Date | null;
  readonly userId: string | null;
  readonly clientId: string | null;
  readonly intentId: string | null;
  readonly matchedBy: MatchedBy | null;
  readonly reason: UnclaimedReason | null;
  readonly suggestions: readonly Suggestion[];
  readonly returnId: string | null;
  readonly firstSeenAt: Date;
  readonly settledAt: Date | null;
}

const SELECT = `
  select d.id, d.state, d.txid, d.log_index as "logIndex", d.address, d.sender, d.currency, d.amount,
         d.token, d.token_amount as "tokenAmount", d.memo, d.from_contract as "fromContract",
         d.block::int as block, to_timestamp(d.time_ms / 1000.0) as at,
         to_timestamp(d.expected_ms / 1000.0) as "expectedAt", d.user_id as "userId",
         d.client_id as "clientId", d.intent_id as "intentId", d.matched_by as "matchedBy", d.reason,
         d.suggestions, d.return_id as "returnId", d.created_at as "firstSeenAt",
         d.settled_at as "settledAt"
  from deposits d left join users u on u.id = d.user_id`;

export async function depositsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, DepositRow>> {
  const rows = await query<DepositRow>(em, `${SELECT} where d.id = any($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every condition that is given must hold. */
export interface DepositConditions {
  readonly states: readonly DepositState[] | null;
  readonly reasons: readonly UnclaimedReason[] | null;
  readonly userId: string | null;
  readonly txid: string | null;
  readonly address: string | null;
  readonly sender: string | null;
  readonly currency: Currency | null;
  /** The API client whose users' they must be; undefined for all. */
  readonly scope: string | undefined;
}

/** One page, the newest first; one row more than asked for when there are more. */
export function listDeposits(
  em: EntityManager,
  wanted: DepositConditions,
  page: { readonly first: number; readonly after: string | null },
): Promise<DepositRow[]> {
  return query<DepositRow>(
    em,
    `${SELECT}
     where ($1::text[] is null or d.state = any($1)) and ($2::text[] is null or d.reason = any($2))
       and ($3::uuid is null or d.user_id = $3) and ($4::text is null or d.txid = $4)
       and ($5::text is null or d.address = $5) and ($6::text is null or d.sender = $6)
       and ($7::text is null or d.currency = $7)
       and ($8::uuid is null or d.user_id is not null and coalesce(u.client_id, $8) = $8)
       and ($9::uuid is null or d.id < $9)
     order by d.id desc limit $10`,
    [
      wanted.states,
      wanted.reasons,
      wanted.userId,
      wanted.txid,
      wanted.address,
      wanted.sender,
      wanted.currency,
      wanted.scope ?? null,
      page.after,
      page.first + 1,
    ],
  );
}

/** A request as stored. */
export interface RequestRow {
  readonly id: string;
  readonly state: IntentState;
  readonly userId: string;
  readonly address: string;
  readonly currency: Currency;
  readonly asked: bigint;
  readonly amount: bigint;
  readonly code: string;
  readonly expiresAt: Date;
  readonly reservedUntil: Date;
  readonly createdAt: Date;
}

export async function requestsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, RequestRow>> {
  const rows = await query<RequestRow>(
    em,
    `select id, state, user_id as "userId", address, currency, asked, amount, code,
            to_timestamp(expires_ms / 1000.0) as "expiresAt",
            to_timestamp(reserved_ms / 1000.0) as "reservedUntil", created_at as "createdAt"
     from deposit_intents where id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a person decided about a deposit. */
export interface DecisionRow {
  readonly id: string;
  readonly depositId: string;
  readonly kind: 'ASSIGN' | 'SPLIT' | 'RETURN' | 'WRITE_OFF';
  /** Amounts as decimal strings. */
  readonly shares: readonly { readonly userId: string; readonly amount: string }[];
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** By deposit, the first first. */
export async function decisionsOf(
  em: EntityManager,
  depositIds: readonly string[],
): Promise<Map<string, DecisionRow[]>> {
  const rows = await query<DecisionRow>(
    em,
    `select id, deposit_id as "depositId", kind, shares, actor, reason, at from deposit_decisions
     where deposit_id = any($1::uuid[]) order by id`,
    [depositIds],
  );
  return Map.groupBy(rows, ({ depositId }) => depositId);
}

/** What was counted as poisoning at an address on a day. */
export interface IgnoredRow {
  readonly day: string;
  readonly address: string;
  readonly why: 'ZERO_VALUE' | 'LOOK_ALIKE' | 'WRONG_TOKEN';
  readonly asset: string;
  readonly transfers: number;
  readonly amount: string;
}

/** The newest days first. */
export function ignoredTransfers(em: EntityManager, first: number): Promise<IgnoredRow[]> {
  return query<IgnoredRow>(
    em,
    `select day::text, address, why, asset, transfers::int, amount::text
     from ignored_transfers order by day desc, address, why, asset limit $1`,
    [first],
  );
}
