import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../kernel/assert.ts';
import { largest, smallest, sum, UNIT } from '../kernel/money.ts';
import { energyOfStake, stakeForEnergy } from '../chain/resource-maths.ts';
import {
  allocate,
  type AllocationTerms,
  deliverableEnergy,
  MAX_SHARES,
  mostEnergy,
  takeShares,
} from './allocate.ts';
import { type AllocationStrategy, type Candidate, STRATEGIES } from './allocation-strategies.ts';
import { splitFree } from './kept-back.ts';

const ratio = { totalLimit: 180_000_000_000n, totalWeight: 19_000_000_000n };
const terms = (strategy: AllocationStrategy): AllocationTerms => ({
  ratio,
  marginPerMille: 2n,
  strategy,
});
const strategies = Object.keys(STRATEGIES) as AllocationStrategy[];

function wallet(label: string, freeTrx: bigint, stakedTrx = freeTrx): Candidate {
  return { walletId: label, label, freeSun: freeTrx * UNIT, stakedSun: stakedTrx * UNIT };
}

function labels(energy: bigint, candidates: Candidate[], strategy: AllocationStrategy): string[] {
  const allocation = allocate(energy, candidates, terms(strategy));
  return allocation?.choice.chosen.map(({ label }) => label) ?? [];
}

describe('the choice of wallets', () => {
  const pool = [wallet('big', 90_000n), wallet('fits', 7_000n, 70_000n), wallet('small', 5_000n)];

  it('takes the smallest wallet that delivers all', () => {
    expect(labels(65_000n, pool, 'BEST_FIT')).toEqual(['fits']);
    expect(labels(65_000n, pool, 'FEWEST_SLICES')).toEqual(['fits']);
  });

  it('spreads by the part of the stake that is in use', () => {
    expect(labels(65_000n, pool, 'SPREAD')).toEqual(['big']);
    const used = [wallet('half', 10_000n, 20_000n), wallet('fresh', 9_000n, 9_100n)];
    expect(labels(9_000n, used, 'SPREAD')).toEqual(['fresh']);
  });

  it('splits an order that no wallet holds', () => {
    const four = [
      wallet('a', 2_000n),
      wallet('b', 4_000n),
      wallet('c', 3_500n),
      wallet('d', 3_400n),
    ];
    expect(labels(65_000n, four, 'BEST_FIT')).toEqual(['b', 'd']);
    expect(labels(65_000n, four, 'FEWEST_SLICES')).toEqual(['c', 'd']);
    const spread = allocate(65_000n, four, terms('SPREAD'));
    const left = spread?.choice.chosen.map(({ freeSun, stakeSun }) => (freeSun - stakeSun) / UNIT);
    expect(left).toEqual([333n, 291n]);
  });

  it('refuses what the pool does not have', () => {
    for (const strategy of strategies) {
      const two = [wallet('a', 3_000n), wallet('b', 3_000n)];
      expect(allocate(65_000n, two, terms(strategy))).toBeUndefined();
      expect(allocate(1_000n, [], terms(strategy))).toBeUndefined();
    }
  });

  it('keeps what it was decided by', () => {
    expect(allocate(65_000n, pool, terms('BEST_FIT'))?.choice).toEqual({
      strategy: 'BEST_FIT',
      energy: 65_000n,
      candidates: 3,
      sufficient: 2,
      chosen: [
        {
          walletId: 'fits',
          label: 'fits',
          energy: 65_000n,
          stakeSun: 6_875n * UNIT,
          freeSun: 7_000n * UNIT,
        },
      ],
    });
  });
});

describe('any choice of wallets', () => {
  const strategy = fc.constantFrom(...strategies);
  const candidate = fc
    .record({ stakedSun: fc.bigInt(1n, 50_000n * UNIT), freePerMille: fc.bigInt(0n, 1_000n) })
    .map(({ stakedSun, freePerMille }) => ({
      stakedSun,
      freeSun: (stakedSun * freePerMille) / 1_000n,
    }));
  const pools = (maxLength: number) =>
    fc
      .array(candidate, { maxLength })
      .map((free): Candidate[] =>
        free.map((one, index) => ({ ...one, walletId: String(index), label: String(index) })),
      );
  const energies = fc.bigInt(1n, 1_000_000n);

  it('delivers exactly what was ordered, from what each wallet has, whenever the pool can', () => {
    fc.assert(
      fc.property(strategy, pools(12), energies, (by, candidates, energy) => {
        const allocation = allocate(energy, candidates, terms(by));
        expect(allocation !== undefined).toBe(deliverableEnergy(candidates, terms(by)) >= energy);
        if (!allocation) return;
        expect(sum(allocation.shares.map((share) => share.energy))).toBe(energy);
        expect(allocation.shares.length).toBeLessThanOrEqual(MAX_SHARES);
        const ids = new Set(allocation.shares.map(({ walletId }) => walletId));
        expect(ids.size).toBe(allocation.shares.length);
        for (const share of allocation.shares) {
          const free = candidates.find(({ walletId }) => walletId === share.walletId)?.freeSun;
          expect(share.energy).toBeGreaterThan(0n);
          expect(share.stakeSun).toBeLessThanOrEqual(free ?? 0n);
          expect(energyOfStake(share.stakeSun, ratio)).toBeGreaterThanOrEqual(share.energy);
        }
      }),
    );
  });

  it('has no more slices than the smallest set of wallets that could deliver it', () => {
    fc.assert(
      fc.property(strategy, pools(8), energies, (by, candidates, energy) => {
        const slices = allocate(energy, candidates, terms(by))?.shares.length;
        expect(slices).toBe(fewest(candidates, energy));
      }),
    );
  });

  it('of FEWEST_SLICES leaves the largest wallet whole unless it is needed', () => {
    fc.assert(
      fc.property(pools(8), energies, (candidates, energy) => {
        const chosen = allocate(energy, candidates, terms('FEWEST_SLICES'))?.choice.chosen;
        const [largest, ...others] = [...candidates].sort((a, b) =>
          a.freeSun > b.freeSun ? -1 : 1,
        );
        if (!chosen || !largest) return;
        const spared = allocate(energy, others, terms('FEWEST_SLICES'));
        if (spared?.shares.length !== chosen.length) return;
        const taken = chosen.find(({ walletId }) => walletId === largest.walletId);
        // Another may be exactly as large.
        expect(
          taken === undefined || others.some(({ freeSun }) => freeSun === largest.freeSun),
        ).toBe(true);
      }),
    );
  });

  it('of SPREAD takes the wallet that ends with the largest part of its stake free', () => {
    fc.assert(
      fc.property(pools(8), energies, (candidates, energy) => {
        const allocation = allocate(energy, candidates, terms('SPREAD'));
        const [share] = allocation?.shares ?? [];
        if (!share || allocation?.shares.length !== 1) return;
        const rest = ({ freeSun, stakedSun }: Candidate): number =>
          Number(freeSun - share.stakeSun) / Number(stakedSun);
        const able = candidates.filter(({ freeSun }) => freeSun >= share.stakeSun);
        const taken = able.find(({ walletId }) => walletId === share.walletId);
        expect(taken && rest(taken)).toBeCloseTo(Math.max(...able.map(rest)), 9);
      }),
    );
  });

  it('of SPREAD keeps many small orders level, whatever the sizes of the wallets', () => {
    const sizes = fc.array(fc.bigInt(5_000n, 50_000n), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(sizes, (trx) => {
        const free = new Map(trx.map((size, index) => [`${index}`, wallet(`${index}`, size)]));
        for (let order = 0; order < 60; order += 1) {
          const allocation = allocate(1_000n, [...free.values()], terms('SPREAD'));
          if (allocation) takeShares(allocation, free);
        }
        const used = [...free.values()].map(
          ({ freeSun, stakedSun }) => 1 - Number(freeSun) / Number(stakedSun),
        );
        // No further apart than one order in the smallest wallet.
        const step = Number(stakeForEnergy(1_000n, ratio, 2n)) / Number(5_000n * UNIT);
        expect(Math.max(...used) - Math.min(...used)).toBeLessThanOrEqual(step + 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('takes nothing that a wallet keeps back, one order after the other', () => {
    const reserve = fc.record({
      perMille: fc.bigInt(0n, 1_000n),
      sun: fc.bigInt(0n, 20_000n * UNIT),
    });
    const stakes = fc.array(fc.bigInt(0n, 50_000n * UNIT), { maxLength: 6 });
    const orders = fc.array(energies, { maxLength: 10 });
    fc.assert(
      fc.property(strategy, stakes, reserve, orders, (by, staked, kept, wishes) => {
        const free = new Map(
          staked.map((stake, index) => {
            const use = { staked: stake, sellable: stake, committed: 0n };
            const freeSun = splitFree(use, kept).free;
            return [`${index}`, { ...wallet(`${index}`, 0n), stakedSun: stake, freeSun }];
          }),
        );
        for (const energy of wishes) {
          const allocation = allocate(energy, [...free.values()], terms(by));
          if (allocation) takeShares(allocation, free);
        }
        for (const [index, stake] of staked.entries()) {
          const left = present(free.get(`${index}`), 'wallet').freeSun;
          const taken =
            splitFree({ staked: stake, sellable: stake, committed: 0n }, kept).free - left;
          const back = largest(kept.sun, (stake * kept.perMille) / 1_000n);
          expect(left).toBeGreaterThanOrEqual(0n);
          expect(stake - taken).toBeGreaterThanOrEqual(smallest(stake, back));
        }
      }),
    );
  });

  it('chooses for a batch as for its orders one by one', () => {
    const wallets = fc.array(
      fc.record({ staked: fc.bigInt(0n, 50_000n * UNIT), used: fc.bigInt(0n, 1_000n) }),
      { maxLength: 6 },
    );
    const orders = fc.array(energies, { maxLength: 10 });
    const kept = { perMille: 50n, sun: 100n * UNIT };
    fc.assert(
      fc.property(strategy, wallets, orders, (by, made, wishes) => {
        const promised = made.map(({ staked, used }) => (staked * used) / 1_000n);
        const asStored = (): Candidate[] =>
          made.map(({ staked }, index) => ({
            walletId: `${index}`,
            label: `${index}`,
            stakedSun: staked,
            freeSun: splitFree({ staked, sellable: staked, committed: promised[index] ?? 0n }, kept)
              .free,
          }));
        const free = new Map(asStored().map((one) => [one.walletId, one]));
        for (const energy of wishes) {
          const inBatch = allocate(energy, [...free.values()], terms(by));
          expect(inBatch).toEqual(allocate(energy, asStored(), terms(by)));
          if (!inBatch) continue;
          takeShares(inBatch, free);
          for (const { walletId, stakeSun } of inBatch.shares) {
            promised[Number(walletId)] = (promised[Number(walletId)] ?? 0n) + stakeSun;
          }
        }
      }),
    );
  });

  it('fills a wallet to the last Energy that its stake surely yields', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n * UNIT), fc.bigInt(0n, 100n), (freeSun, margin) => {
        const at = { ...terms('BEST_FIT'), marginPerMille: margin };
        const most = mostEnergy(freeSun, at);
        if (most > 0n) expect(stakeForEnergy(most, ratio, margin)).toBeLessThanOrEqual(freeSun);
        expect(stakeForEnergy(most + 1n, ratio, margin)).toBeGreaterThan(freeSun);
      }),
    );
  });
});

describe('what is kept back', () => {
  it('is the larger of the part and the amount, and never more than is free', () => {
    const use = { staked: 1_000n, sellable: 900n, committed: 100n };
    expect(splitFree(use, { perMille: 0n, sun: 0n })).toEqual({ free: 800n, keptBack: 0n });
    expect(splitFree(use, { perMille: 100n, sun: 50n })).toEqual({ free: 700n, keptBack: 100n });
    expect(splitFree(use, { perMille: 100n, sun: 150n })).toEqual({ free: 650n, keptBack: 150n });
    expect(splitFree(use, { perMille: 1_000n, sun: 0n })).toEqual({ free: 0n, keptBack: 800n });
    const over = { staked: 1_000n, sellable: 50n, committed: 100n };
    expect(splitFree(over, { perMille: 0n, sun: 0n })).toEqual({ free: 0n, keptBack: 0n });
  });
});

/** By trying every set of wallets. */
function fewest(candidates: readonly Candidate[], energy: bigint): number | undefined {
  let best: number | undefined;
  for (let set = 1; set < 2 ** candidates.length; set += 1) {
    const members = candidates.filter((_one, index) => (set >> index) % 2 === 1);
    const total = sum(members.map(({ freeSun }) => mostEnergy(freeSun, terms('BEST_FIT'))));
    if (total >= energy && (best === undefined || members.length < best)) best = members.length;
  }
  return best;
}
