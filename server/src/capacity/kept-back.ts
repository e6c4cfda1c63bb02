import { largest } from '../kernel/money.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import type { AllocationTerms } from './allocate.ts';

/** What every wallet keeps back of its stake; the larger of the two counts. */
export interface Reserve {
  readonly perMille: bigint;
  readonly sun: bigint;
}

/** The settings that say how the pool is sold. */
export type PoolSettings = Pick<
  SettingValues,
  | 'engine.stakeMarginPerMille'
  | 'wallets.allocation'
  | 'wallets.reservePerMille'
  | 'wallets.reserveSun'
>;

export function reserveOf(values: PoolSettings): Reserve {
  return {
    perMille: BigInt(values['wallets.reservePerMille']),
    sun: values['wallets.reserveSun'],
  };
}

export function allocationTerms(values: PoolSettings, ratio: ResourceRatio): AllocationTerms {
  return {
    ratio,
    marginPerMille: BigInt(values['engine.stakeMarginPerMille']),
    strategy: values['wallets.allocation'],
  };
}

/** A wallet's stake and what is promised of it, in sun. */
export interface StakeUse {
  readonly staked: bigint;
  /** Delegated out or delegatable: not what recovers. */
  readonly sellable: bigint;
  /** Reserved and rented. */
  readonly committed: bigint;
}

/** What an order may take, and what is free but kept back from orders. Neither is negative. */
export function splitFree(
  { staked, sellable, committed }: StakeUse,
  reserve: Reserve,
): { free: bigint; keptBack: bigint } {
  // An observation may lie below the promises.
  const unpromised = largest(0n, sellable - committed);
  const kept = largest(reserve.sun, (staked * reserve.perMille + 999n) / 1_000n);
  const free = largest(0n, unpromised - kept);
  return { free, keptBack: unpromised - free };
}
