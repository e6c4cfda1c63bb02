import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum, UNIT } from '../kernel/money.ts';
import { energyOfStake } from '../tron/resource-maths.ts';
import { allocate, type Candidate, deliverableEnergy } from './allocate.ts';

const terms = {
  ratio: { totalLimit: 180_000_000_000n, totalWeight: 19_000_000_000n },
  marginPerMille: 2n,
};

function wallet(label: string, trx: bigint): Candidate {
  return { walletId: label, label, freeSun: trx * UNIT };
}

describe('the choice of wallets', () => {
  it('takes the smallest wallet that delivers all', () => {
    const allocation = allocate(
      65_000n,
      [wallet('big', 90_000n), wallet('fits', 7_000n), wallet('small', 5_000n)],
      terms,
    );
    expect(allocation?.shares).toMatchObject([{ walletId: 'fits', energy: 65_000n }]);
  });

  it('splits an order that no wallet holds, the largest first', () => {
    const allocation = allocate(
      65_000n,
      [wallet('a', 2_000n), wallet('b', 4_000n), wallet('c', 1_500n)],
      terms,
    );
    expect(allocation?.shares.map(({ walletId }) => walletId)).toEqual(['b', 'a', 'c']);
    expect(sum(allocation?.shares.map(({ energy }) => energy) ?? [])).toBe(65_000n);
  });

  it('refuses what the pool does not have', () => {
    expect(allocate(65_000n, [wallet('a', 3_000n), wallet('b', 3_000n)], terms)).toBeUndefined();
    expect(allocate(1_000n, [], terms)).toBeUndefined();
  });

  const pools = fc.array(
    fc.bigInt(0n, 50_000n * UNIT).map((freeSun, index = 0) => ({ freeSun, index })),
    { maxLength: 12 },
  );

  it('never promises more than a wallet has, and always exactly what was ordered', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(1_000n, 1_000_000n), (free, energy) => {
        const candidates = free.map(({ freeSun }, index) => ({
          walletId: String(index),
          label: String(index),
          freeSun,
        }));
        const allocation = allocate(energy, candidates, terms);
        const most = deliverableEnergy(candidates, terms);
        if (!allocation) {
          expect(most).toBeLessThan(energy);
          return;
        }
        expect(sum(allocation.shares.map((share) => share.energy))).toBe(energy);
        expect(new Set(allocation.shares.map((share) => share.walletId)).size).toBe(
          allocation.shares.length,
        );
        for (const share of allocation.shares) {
          const candidate = candidates.find(({ walletId }) => walletId === share.walletId);
          expect(share.stakeSun).toBeLessThanOrEqual(candidate?.freeSun ?? 0n);
          expect(energyOfStake(share.stakeSun, terms.ratio)).toBeGreaterThanOrEqual(share.energy);
        }
      }),
    );
  });
});
