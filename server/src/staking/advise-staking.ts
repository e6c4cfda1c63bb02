import { largest, smallest, UNIT } from '../kernel/money.ts';
import { energyOfStake, type ResourceRatio, stakeForEnergy } from '../chain/resource-maths.ts';

/** What was asked of the pool in a period, in Energy rented at the same time. */
export interface Demand {
  readonly peakEnergy: bigint;
  /** By time. */
  readonly meanEnergy: bigint;
  readonly rentals: number;
}

export interface AdviceFacts {
  readonly demand: Demand;
  /** Sun staked for Energy by the wallets that sell. */
  readonly stakedSun: bigint;
  /** Sun of it that nobody was promised and that does not recover. */
  readonly freeSun: bigint;
  readonly ratio: ResourceRatio;
  /** How much above the peak there shall be; 0 or more. */
  readonly marginPercent: number;
}

export type StakingAction = 'STAKE_MORE' | 'UNSTAKE' | 'KEEP' | 'NO_DATA';

export interface AdvisedStake {
  readonly action: StakingAction;
  /** Sun to stake or unstake, whole TRX; 0 for KEEP and NO_DATA. */
  readonly amountSun: bigint;
  /** Energy a day that there shall be: the peak and the margin. */
  readonly neededEnergy: bigint;
  /** Sun that yield it. */
  readonly neededSun: bigint;
  readonly stakedEnergy: bigint;
}

/** Differences below this share of the stake are not worth 14 days of waiting. */
const KEEP_PER_MILLE = 20n;

/**
 * How much to stake more or less, so that the highest demand seen, and the margin above it, could
 * have been met. Rounded up to whole TRX where it stakes, down where it unstakes; never unstakes
 * what is not free.
 */
export function adviseStaking(facts: AdviceFacts): AdvisedStake {
  const { demand, stakedSun, freeSun, ratio, marginPercent } = facts;
  const neededEnergy = (demand.peakEnergy * BigInt(100 + marginPercent) + 99n) / 100n;
  const neededSun = neededEnergy > 0n ? stakeForEnergy(neededEnergy, ratio, 0n) : 0n;
  const figures = { neededEnergy, neededSun, stakedEnergy: energyOfStake(stakedSun, ratio) };
  if (demand.rentals === 0) return { ...figures, action: 'NO_DATA', amountSun: 0n };
  const missing = neededSun - stakedSun;
  const slack = largest(UNIT, (stakedSun * KEEP_PER_MILLE) / 1_000n);
  // Short of the peak itself is never "near enough".
  const short = figures.stakedEnergy < demand.peakEnergy;
  if (missing > 0n && (short || missing >= slack)) {
    return { ...figures, action: 'STAKE_MORE', amountSun: ((missing + UNIT - 1n) / UNIT) * UNIT };
  }
  const spare = (smallest(-missing, largest(0n, freeSun)) / UNIT) * UNIT;
  if (spare >= slack) return { ...figures, action: 'UNSTAKE', amountSun: spare };
  return { ...figures, action: 'KEEP', amountSun: 0n };
}
