import { z } from 'zod';
import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { assert } from '../kernel/assert.ts';
import { UNIT } from '../kernel/money.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import type { Vote } from '../chain/transaction.ts';

/** Stake on its way back to the balance. */
export interface Unfreezing {
  readonly resource: 'ENERGY' | 'BANDWIDTH' | 'TRON_POWER';
  /** Sun. */
  readonly amount: bigint;
  /** From this chain time on it can be collected. */
  readonly at: Date;
}

/** What a wallet has staked beside Energy, its votes and what comes of them; in the solid view. */
export interface WalletStakes {
  readonly walletId: string;
  /** Own stake for bandwidth, in sun, delegated or not. */
  readonly bandwidthStaked: bigint;
  readonly bandwidthDelegated: bigint;
  /** Whole TRX that may vote. */
  readonly votingPower: bigint;
  readonly votes: readonly Vote[];
  readonly unfreezing: readonly Unfreezing[];
  /** Sun that a claim would pay. */
  readonly rewards: bigint;
  readonly lastClaimAt: Date | null;
  readonly observedBlock: number;
  readonly observedAt: Date;
}

const count = z.string().regex(/^\d+$/).transform(BigInt);
const storedVotes = z.array(
  z.object({ witness: z.string().transform((text) => text as Address), count }),
);
const storedUnfreezing = z.array(
  z.object({
    resource: z.enum(['ENERGY', 'BANDWIDTH', 'TRON_POWER']),
    amount: count,
    at: z.number().transform((ms) => new Date(ms)),
  }),
);

/** Keeps what an observation saw. The wallet's row is locked, and was not observed later than this. */
export async function keepStakes(
  em: EntityManager,
  walletId: string,
  account: AccountState | null,
  seen: { readonly rewards: bigint; readonly block: number; readonly timeMs: number },
): Promise<void> {
  const power = account
    ? account.frozen.energy +
      account.delegatedOut.energy +
      account.frozen.bandwidth +
      account.delegatedOut.bandwidth
    : 0n;
  const votes = account?.votes.map((vote) => ({ ...vote, count: vote.count.toString() })) ?? [];
  const unfreezing =
    account?.unfreezing.map(({ resource, amount, expiresMs }) => ({
      resource,
      amount: amount.toString(),
      at: expiresMs,
    })) ?? [];
  await query(
    em,
    `insert into wallet_stakes
       (wallet_id, bandwidth_staked_sun, bandwidth_delegated_sun, voting_power, votes, unfreezing,
        rewards_sun, last_claim_at, observed_block, observed_at)
     values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, to_timestamp($8::float8 / 1000), $9,
             to_timestamp($10::float8 / 1000))
     on conflict (wallet_id) do update set
       bandwidth_staked_sun = excluded.bandwidth_staked_sun,
       bandwidth_delegated_sun = excluded.bandwidth_delegated_sun,
       voting_power = excluded.voting_power, votes = excluded.votes,
       unfreezing = excluded.unfreezing, rewards_sun = excluded.rewards_sun,
       last_claim_at = excluded.last_claim_at, observed_block = excluded.observed_block,
       observed_at = excluded.observed_at`,
    [
      walletId,
      (account?.frozen.bandwidth ?? 0n) + (account?.delegatedOut.bandwidth ?? 0n),
      account?.delegatedOut.bandwidth ?? 0n,
      power / UNIT,
      JSON.stringify(votes),
      JSON.stringify(unfreezing),
      seen.rewards,
      account && account.lastClaimMs > 0 ? account.lastClaimMs : null,
      seen.block,
      seen.timeMs,
    ],
  );
}

interface StakesRow extends Omit<WalletStakes, 'votes' | 'unfreezing'> {
  readonly votes: unknown;
  readonly unfreezing: unknown;
}

/**
 * What was seen of these wallets, by their ids; one that was never looked at is missing.
 * @param walletIds all wallets when left out
 */
export async function readStakes(
  em: EntityManager,
  walletIds?: readonly string[],
): Promise<Map<string, WalletStakes>> {
  const rows = await query<StakesRow>(
    em,
    `select wallet_id as "walletId", bandwidth_staked_sun as "bandwidthStaked",
            bandwidth_delegated_sun as "bandwidthDelegated", voting_power as "votingPower", votes,
            unfreezing, rewards_sun as rewards, last_claim_at as "lastClaimAt",
            observed_block::int as "observedBlock", observed_at as "observedAt"
     from wallet_stakes where $1::uuid[] is null or wallet_id = any($1::uuid[])`,
    [walletIds ?? null],
  );
  return new Map(rows.map((row) => [row.walletId, parsed(row)]));
}

function parsed(row: StakesRow): WalletStakes {
  const votes = storedVotes.safeParse(row.votes);
  const unfreezing = storedUnfreezing.safeParse(row.unfreezing);
  assert(votes.success && unfreezing.success, `the stakes of wallet ${row.walletId} can be read`);
  return { ...row, votes: votes.data, unfreezing: unfreezing.data };
}
