import type { EntityManager } from '../database/database.ts';
import { sum } from '../kernel/money.ts';
import { allWallets, type WalletRow } from '../wallets/wallet-rows.ts';
import { readStakes, type Unfreezing, type WalletStakes } from '../wallets/wallet-stakes.ts';
import { nextClaimAt } from './check-wallet-operation.ts';
import { chainTime } from './wallet-facts.ts';

/** What comes of a wallet's stake and when, as last observed. */
export interface CalendarEntry {
  readonly wallet: WalletRow;
  /** Null before the wallet was looked at for the first time. */
  readonly stakes: WalletStakes | null;
  /** Sun that can be withdrawn now. */
  readonly withdrawable: bigint;
  /** When the next unstaking matures; null when none is under way. */
  readonly nextWithdrawalAt: Date | null;
  /** When rewards can be claimed again; null when that is now. */
  readonly nextClaimAt: Date | null;
  readonly unstaking: readonly (Unfreezing & { readonly matured: boolean })[];
}

export interface PoolCalendar {
  /** Of the last solid block; null before the first was read. */
  readonly chainTime: Date | null;
  readonly entries: readonly CalendarEntry[];
}

/** Every wallet of the pool, the oldest first. */
export async function readStakingCalendar(em: EntityManager): Promise<PoolCalendar> {
  const read = await chainTime(em);
  // Before the first block nothing has matured.
  const now = read ?? new Date(0);
  const wallets = await allWallets(em);
  const stakes = await readStakes(em);
  return {
    chainTime: read ?? null,
    entries: wallets.map((wallet) => calendarEntry(wallet, stakes.get(wallet.id) ?? null, now)),
  };
}

function calendarEntry(wallet: WalletRow, stakes: WalletStakes | null, now: Date): CalendarEntry {
  const unfreezing = stakes?.unfreezing ?? [];
  const waiting = unfreezing.filter(({ at }) => at > now).map(({ at }) => at.getTime());
  return {
    wallet,
    stakes,
    withdrawable: sum(unfreezing.filter(({ at }) => at <= now).map(({ amount }) => amount)),
    nextWithdrawalAt: waiting.length === 0 ? null : new Date(Math.min(...waiting)),
    unstaking: unfreezing
      .map((one) => ({ ...one, matured: one.at <= now }))
      .sort((a, b) => a.at.getTime() - b.at.getTime()),
    nextClaimAt: nextClaimAt(stakes?.lastClaimAt ?? null, now),
  };
}
