import { assert, present } from '../kernel/assert.ts';
import { sum, UNIT } from '../kernel/money.ts';
import { energyOfStake, type ResourceRatio, stakeForEnergy } from '../chain/resource-maths.ts';
import {
  type AllocationStrategy,
  type Candidate,
  type Chosen,
  type Strategy,
  STRATEGIES,
} from './allocation-strategies.ts';

/** What one wallet contributes to an order. */
export interface Share {
  readonly walletId: string;
  readonly energy: bigint;
  readonly stakeSun: bigint;
}

/** How the wallets were chosen, as it was known at that moment: data, no sentence. */
export interface Choice {
  readonly strategy: AllocationStrategy;
  readonly energy: bigint;
  /** Wallets that sold at all. */
  readonly candidates: number;
  /** How many of them could have delivered all of it alone. */
  readonly sufficient: number;
  /** With what each had free before this order, in the order of the slices. */
  readonly chosen: readonly (Share & Pick<Candidate, 'label' | 'freeSun'>)[];
}

export interface Allocation {
  readonly shares: readonly Share[];
  readonly choice: Choice;
}

export interface AllocationTerms {
  readonly ratio: ResourceRatio;
  readonly marginPerMille: bigint;
  readonly strategy: AllocationStrategy;
}

/** An order is not torn into more pieces than this: each costs two transactions. */
export const MAX_SHARES = 8;

/**
 * Chooses the wallets that deliver an order, by the strategy of the terms. One wallet delivers all
 * wherever one can; otherwise several do, never more than needed. The shares' Energy adds up exactly.
 * @returns undefined exactly when `energy` is above {@link deliverableEnergy}
 */
export function allocate(
  energy: bigint,
  candidates: readonly Candidate[],
  terms: AllocationTerms,
): Allocation | undefined {
  const stakeSun = stakeForEnergy(energy, terms.ratio, terms.marginPerMille);
  const { best, sufficient } = bestAlone(candidates, stakeSun, STRATEGIES[terms.strategy]);
  const chosen = best ? [{ candidate: best, energy }] : severalOf(candidates, energy, terms);
  if (!chosen) return undefined;
  const shares = chosen.map((one) => ({
    walletId: one.candidate.walletId,
    energy: one.energy,
    stakeSun: best ? stakeSun : stakeForEnergy(one.energy, terms.ratio, terms.marginPerMille),
  }));
  const choice: Choice = {
    strategy: terms.strategy,
    energy,
    candidates: candidates.length,
    sufficient,
    chosen: shares.map((share, index) => {
      const { label, freeSun } = present(chosen[index], 'candidate of the share').candidate;
      return { ...share, label, freeSun };
    }),
  };
  return { shares, choice };
}

/** Takes what was allocated from what is free, so that the next allocation does not get it too. */
export function takeShares<Wallet extends Candidate>(
  { shares }: Pick<Allocation, 'shares'>,
  free: Map<string, Wallet>,
): void {
  for (const { walletId, stakeSun } of shares) {
    const wallet = free.get(walletId);
    if (wallet) free.set(walletId, { ...wallet, freeSun: wallet.freeSun - stakeSun });
  }
}

/** The most Energy that the candidates can deliver in one order. */
export function deliverableEnergy(
  candidates: readonly Candidate[],
  terms: AllocationTerms,
): bigint {
  const each = candidates.map(({ freeSun }) => mostEnergy(freeSun, terms));
  return sum(each.sort((a, b) => descending(a, b)).slice(0, MAX_SHARES));
}

/** The most Energy for which {@link stakeForEnergy} asks no more than this stake. */
export function mostEnergy(freeSun: bigint, { ratio, marginPerMille }: AllocationTerms): bigint {
  const wholeTrx = freeSun / UNIT;
  if (wholeTrx < 1n) return 0n;
  let energy =
    (wholeTrx * ratio.totalLimit * 1000n) / (ratio.totalWeight * (1000n + marginPerMille));
  // The chain's doubles may yield one less than the exact quotient.
  while (energy > 0n && energyOfStake(wholeTrx * UNIT, ratio) < energy) energy -= 1n;
  return energy;
}

/** The wallet that delivers all alone, and how many could: one pass, on the way of every order. */
function bestAlone(
  candidates: readonly Candidate[],
  stakeSun: bigint,
  strategy: Strategy,
): { best: Candidate | undefined; sufficient: number } {
  let best: Candidate | undefined;
  let highest: number | bigint = 0;
  let sufficient = 0;
  for (const candidate of candidates) {
    if (candidate.freeSun < stakeSun) continue;
    sufficient += 1;
    const fitness = strategy.fitness(candidate, stakeSun);
    if (best && fitness <= highest) continue;
    [best, highest] = [candidate, fitness];
  }
  return { best, sufficient };
}

/** The largest wallets, no more of them than needed, with what each can deliver at most. */
function severalOf(
  candidates: readonly Candidate[],
  energy: bigint,
  terms: AllocationTerms,
): readonly Chosen[] | undefined {
  const able = candidates
    .map((candidate) => ({ candidate, energy: mostEnergy(candidate.freeSun, terms) }))
    .filter((one) => one.energy > 0n)
    .sort((a, b) => descending(a.energy, b.energy));
  let total = 0n;
  const count = able.findIndex((one, index) => {
    total += one.energy;
    return total >= energy || index + 1 === MAX_SHARES;
  });
  if (total < energy) return undefined;
  const chosen = STRATEGIES[terms.strategy].several(able, count + 1, energy);
  assert(sum(chosen.map((one) => one.energy)) === energy, 'the shares add up to the order');
  return chosen;
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : Number(a < b);
}
