import { assert, present } from '../kernel/assert.ts';
import { smallest, sum } from '../kernel/money.ts';
import type { SettingValues } from '../settings/catalogue.ts';

/** The names are those that the setting `wallets.allocation` may say. */
export type AllocationStrategy = SettingValues['wallets.allocation'];

/** A wallet that could deliver. */
export interface Candidate {
  readonly walletId: string;
  readonly label: string;
  /** All its stake for Energy, in sun. */
  readonly stakedSun: bigint;
  /** What an order may take of it: promised to nobody, and beyond what the wallet keeps back. */
  readonly freeSun: bigint;
}

/** A wallet, and the Energy that it delivers or at most could. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly energy: bigint;
}

/** How wallets are chosen. To add one: its name in the setting, and a row in {@link STRATEGIES}. */
export interface Strategy {
  /**
   * How well a wallet serves for an order that it can deliver alone: the one with the highest figure
   * does, the first of equals. Called for every wallet and order: it must be cheap.
   */
  fitness(candidate: Candidate, stakeSun: bigint): number | bigint;
  /**
   * What each of `count` wallets delivers. `able` has the most that each can, the largest first; the
   * first `count` of them together can deliver it, and no smaller number of wallets can.
   */
  several(able: readonly Chosen[], count: number, energy: bigint): readonly Chosen[];
}

export const STRATEGIES: Readonly<Record<AllocationStrategy, Strategy>> = {
  BEST_FIT: { fitness: tightness, several: emptyTheLargest },
  FEWEST_SLICES: { fitness: tightness, several: keepTheLargest },
  SPREAD: { fitness: partLeft, several: levelTheRest },
};

/** The wallet that is left with the least. */
function tightness({ freeSun }: Candidate): bigint {
  return -freeSun;
}

/** The wallet that, this order delivered, has the largest part of its stake free: ranks, no amount. */
function partLeft({ freeSun, stakedSun }: Candidate, stakeSun: bigint): number {
  return Number(freeSun - stakeSun) / Number(stakedSun);
}

/** All that the largest have, and the rest from the wallet that is left with the least by it. */
function emptyTheLargest(able: readonly Chosen[], count: number, energy: bigint): Chosen[] {
  const emptied = able.slice(0, count - 1);
  const rest = energy - sum(emptied.map((one) => one.energy));
  const last = present(
    able.slice(count - 1).findLast((one) => one.energy >= rest),
    'a wallet for the rest',
  );
  return [...emptied, { candidate: last.candidate, energy: rest }];
}

/**
 * The smallest neighbours in size that together have enough, so that the largest wallets stay whole
 * for the next large order, which then needs fewer slices too.
 */
function keepTheLargest(able: readonly Chosen[], count: number, energy: bigint): Chosen[] {
  let total = sum(able.slice(0, count).map((one) => one.energy));
  let from = 0;
  for (;;) {
    const [leaves, joins] = [able[from], able[from + count]];
    if (!leaves || !joins || total - leaves.energy + joins.energy < energy) break;
    total += joins.energy - leaves.energy;
    from += 1;
  }
  return emptyTheLargest(able.slice(from, from + count), count, energy);
}

/** The largest, each left with a rest in proportion to its stake. */
function levelTheRest(able: readonly Chosen[], count: number, energy: bigint): Chosen[] {
  const used = able.slice(0, count);
  let spare = sum(used.map((one) => one.energy)) - energy;
  let stake = sum(used.map(({ candidate }) => candidate.stakedSun));
  return used.map(({ candidate, energy: most }) => {
    const left = smallest(spare, stake > 0n ? (spare * candidate.stakedSun) / stake : spare);
    spare -= left;
    stake -= candidate.stakedSun;
    // One wallet fewer would not do, so what is spare is less than what any of them delivers.
    assert(left < most, 'each delivers a part');
    return { candidate, energy: most - left };
  });
}
