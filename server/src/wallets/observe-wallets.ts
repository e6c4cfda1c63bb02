import type { Database, EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { system } from '../kernel/actor.ts';
import { largest } from '../kernel/money.ts';
import type { AccountResource } from '../tron/node-replies.ts';
import type { AccountState } from '../tron/account-reply.ts';
import type { Address } from '../chain/address.ts';
import {
  delegatableStake,
  FULL_WINDOW_SLOTS,
  type ResourceRatio,
} from '../chain/resource-maths.ts';
import { announceInventory, finishReturns } from '../capacity/capacity.ts';
import { keepStakes } from './wallet-stakes.ts';

/** An account in the solid view, and a solid height that the view had certainly reached. */
export interface SolidAccount {
  readonly account: AccountState | null;
  readonly resource: AccountResource | null;
  /** Voting rewards that could be claimed, in sun. */
  readonly rewards: bigint;
  readonly block: number;
  readonly timeMs: number;
}

export interface WalletObserver {
  readonly database: Database;
  readonly readAccount: (address: Address) => Promise<SolidAccount>;
  readonly ratio: () => Promise<ResourceRatio>;
  /** Other rooms keep more of what was seen; in the same transaction, behind the wallet's lock. */
  readonly alsoKeep?: KeepSeen;
}

export type KeepSeen = (
  em: EntityManager,
  walletId: string,
  account: AccountState | null,
  seen: { readonly block: number; readonly timeMs: number },
) => Promise<void>;

interface WalletRow {
  id: string;
  address: Address;
}

/**
 * Looks at wallets on the chain and keeps what is seen: stake, what of it can be sold, TRX and
 * bandwidth. An observation never goes back to an earlier block.
 * @param walletIds all wallets when left out
 */
export async function observeWallets(
  observer: WalletObserver,
  walletIds?: readonly string[],
): Promise<void> {
  const ratio = await observer.ratio();
  const wallets = await query<WalletRow>(
    observer.database.read(),
    `select id, address from wallets where $1::uuid[] is null or id = any($1::uuid[]) order by id`,
    [walletIds ?? null],
  );
  for (const { id, address } of wallets) {
    const seen = await observer.readAccount(address);
    await keepObservation(observer, id, seen, ratio);
  }
}

async function keepObservation(
  { database, alsoKeep }: WalletObserver,
  walletId: string,
  { account, resource, rewards, block, timeMs }: SolidAccount,
  ratio: ResourceRatio,
): Promise<void> {
  const stake = account
    ? energyStake(account, ratio)
    : { staked: 0n, delegated: 0n, sellable: 0n, absorbing: 0n };
  const bandwidth = resource ? bandwidthOf(resource) : { available: 0n, limit: 0n };
  await database.transaction(system('observation'), async (em) => {
    const [changed] = await query<{ different: boolean }>(
      em,
      `update wallets w
       set staked_sun = $3, delegated_sun = $4, sellable_sun = $5, recovering_sun = $3::bigint - $5,
           balance_sun = $6, bandwidth_available = $7, bandwidth_limit = $8,
           usage_energy = $10, usage_window_slots = $11, absorbing_sun = $12,
           observed_block = $2, observed_at = to_timestamp($9 / 1000.0)
       from wallets before
       where w.id = $1 and before.id = w.id and coalesce(w.observed_block, 0) <= $2
       returning (before.sellable_sun, before.balance_sun, before.bandwidth_available)
                 is distinct from (w.sellable_sun, w.balance_sun, w.bandwidth_available) as different`,
      [
        walletId,
        block,
        stake.staked,
        stake.delegated,
        stake.sellable,
        account?.balance ?? 0n,
        bandwidth.available,
        bandwidth.limit,
        timeMs,
        account?.energyUsage ?? 0n,
        account?.energyWindowSlots ?? FULL_WINDOW_SLOTS,
        stake.absorbing,
      ],
    );
    if (!changed) return;
    await keepStakes(em, walletId, account, { rewards, block, timeMs });
    await alsoKeep?.(em, walletId, account, { block, timeMs });
    await finishReturns(em, walletId, block);
    if (changed.different) await announceInventory(em, [walletId]);
  });
}

/** Staked and free bandwidth together; one transaction is paid wholly by the one or the other. */
function bandwidthOf(resource: AccountResource): { available: bigint; limit: bigint } {
  const staked = largest(0n, resource.bandwidthLimit - resource.bandwidthUsed);
  const free = largest(0n, resource.freeBandwidthLimit - resource.freeBandwidthUsed);
  return {
    available: staked + free,
    limit: resource.bandwidthLimit + resource.freeBandwidthLimit,
  };
}

/** Stake for Energy, in sun: what was delegated out counts as sellable, what recovers does not. */
function energyStake(
  account: AccountState,
  ratio: ResourceRatio,
): { staked: bigint; delegated: bigint; sellable: bigint; absorbing: bigint } {
  const delegated = account.delegatedOut.energy;
  const delegatable = delegatableStake(
    {
      frozen: account.frozen.energy,
      usageEnergy: account.energyUsage,
      acquired: account.acquired.energy,
      frozenV1: account.v1Energy.frozen,
      acquiredV1: account.v1Energy.acquired,
    },
    ratio,
  );
  return {
    staked: account.frozen.energy + delegated,
    delegated,
    sellable: delegatable + delegated,
    absorbing: account.acquired.energy + account.v1Energy.frozen + account.v1Energy.acquired,
  };
}
