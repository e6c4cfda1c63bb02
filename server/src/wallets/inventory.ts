import type { EntityManager } from '../database/database.ts';
import { sum } from '../kernel/money.ts';
import { energyOfStake, type ResourceRatio } from '../chain/resource-maths.ts';
import { deliverableEnergy } from '../capacity/allocate.ts';
import { allocationTerms, type PoolSettings, reserveOf } from '../capacity/kept-back.ts';
import { freeStake, nextReturn, type UsedWallet, usedWallets } from './wallet-rows.ts';

/** The pool as a whole, in Energy a day at the chain's present ratio. */
export interface Stock {
  readonly staked: bigint;
  readonly reserved: bigint;
  readonly rented: bigint;
  readonly recovering: bigint;
  /** What can be sold now: of ACTIVE wallets only, less what each keeps back. */
  readonly free: bigint;
  /** Free stake of ACTIVE wallets that no order takes. */
  readonly keptBack: bigint;
  /** The largest order that can be delivered now: of `free`, by as many wallets as may share one. */
  readonly deliverable: bigint;
  readonly wallets: number;
  /** Energy that one staked TRX yields a day, a decimal string with three places, rounded down. */
  readonly energyPerTrx: string;
  readonly nextReturnAt: Date | null;
  readonly nextReturnEnergy: bigint | null;
}

/** Sums the pool. The chain's side of it is as old as the wallets' observations. */
export async function readStock(
  em: EntityManager,
  ratio: ResourceRatio,
  settings: PoolSettings,
): Promise<Stock> {
  const [wallets, next] = [await usedWallets(em), await nextReturn(em)];
  return {
    ...sumStock(wallets, ratio, settings),
    nextReturnAt: next?.at ?? null,
    nextReturnEnergy: next?.energy ?? null,
  };
}

/** Energy is reckoned per wallet, as the chain does, and then summed. */
export function sumStock(
  wallets: readonly UsedWallet[],
  ratio: ResourceRatio,
  settings: PoolSettings,
): Omit<Stock, 'nextReturnAt' | 'nextReturnEnergy'> {
  const energy = (stake: (wallet: UsedWallet) => bigint): bigint =>
    sum(wallets.map((wallet) => energyOfStake(stake(wallet), ratio)));
  const reserve = reserveOf(settings);
  const selling = wallets.filter(({ state }) => state === 'ACTIVE');
  const candidates = selling.map((wallet) => ({
    walletId: wallet.id,
    label: wallet.label,
    stakedSun: wallet.staked,
    freeSun: freeStake(wallet, reserve).free,
  }));
  return {
    staked: energy(({ staked }) => staked),
    reserved: energy(({ reserved }) => reserved),
    rented: energy(({ rented }) => rented),
    recovering: energy(({ recovering }) => recovering),
    free: sum(candidates.map(({ freeSun }) => energyOfStake(freeSun, ratio))),
    keptBack: sum(
      selling.map((wallet) => energyOfStake(freeStake(wallet, reserve).keptBack, ratio)),
    ),
    deliverable: deliverableEnergy(candidates, allocationTerms(settings, ratio)),
    wallets: wallets.length,
    energyPerTrx: energyPerTrx(ratio),
  };
}

function energyPerTrx({ totalLimit, totalWeight }: ResourceRatio): string {
  if (totalWeight <= 0n) return '0';
  const thousandths = (totalLimit * 1_000n) / totalWeight;
  return `${thousandths / 1_000n}.${(thousandths % 1_000n).toString().padStart(3, '0')}`;
}
