import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNIT } from '../kernel/money.ts';
import { energyOfStake } from '../chain/resource-maths.ts';
import { type AdviceFacts, adviseStaking } from './advise-staking.ts';

/** Mainnet's in 2026: about 9.5 Energy a day for a TRX. */
const ratio = { totalLimit: 180_000_000_000n, totalWeight: 19_000_000_000n };

const facts: fc.Arbitrary<AdviceFacts> = fc
  .record({
    peak: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    rentals: fc.integer({ min: 1, max: 1_000_000 }),
    stakedTrx: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    freePercent: fc.bigInt({ min: 0n, max: 100n }),
    marginPercent: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ peak, rentals, stakedTrx, freePercent, marginPercent }) => ({
    demand: { peakEnergy: peak, meanEnergy: peak / 2n, rentals },
    stakedSun: stakedTrx * UNIT,
    freeSun: (stakedTrx * UNIT * freePercent) / 100n,
    ratio,
    marginPercent,
  }));

/** The stake after the advice was followed. */
function followed(given: AdviceFacts): bigint {
  const { action, amountSun } = adviseStaking(given);
  if (action === 'STAKE_MORE') return given.stakedSun + amountSun;
  return action === 'UNSTAKE' ? given.stakedSun - amountSun : given.stakedSun;
}

describe('the staking advice', () => {
  it('leaves enough for the peak, and never takes what is not free', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const advice = adviseStaking(given);
        expect(advice.amountSun % UNIT).toBe(0n);
        expect(advice.amountSun >= 0n).toBe(true);
        expect(energyOfStake(followed(given), ratio) >= given.demand.peakEnergy).toBe(true);
        if (advice.action === 'STAKE_MORE') {
          expect(energyOfStake(followed(given), ratio) >= advice.neededEnergy).toBe(true);
        }
        if (advice.action === 'UNSTAKE') {
          expect(advice.amountSun <= given.freeSun).toBe(true);
          expect(energyOfStake(followed(given), ratio) >= advice.neededEnergy).toBe(true);
        }
        expect(advice.amountSun === 0n).toBe(advice.action === 'KEEP');
      }),
    );
  });

  it('asks for nothing more once it was followed', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const stakedSun = followed(given);
        const freeSun = given.freeSun + (stakedSun - given.stakedSun);
        const again = adviseStaking({ ...given, stakedSun, freeSun: freeSun > 0n ? freeSun : 0n });
        expect(again.action).toBe('KEEP');
      }),
    );
  });

  it('never wants less for more demand or a larger margin', () => {
    fc.assert(
      fc.property(
        facts,
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.nat({ max: 100 }),
        (given, more, percent) => {
          const { peakEnergy } = given.demand;
          const higher = {
            ...given,
            demand: { ...given.demand, peakEnergy: peakEnergy + more },
            marginPercent: given.marginPercent + percent,
          };
          const [less, greater] = [adviseStaking(given), adviseStaking(higher)];
          expect(greater.neededEnergy >= less.neededEnergy).toBe(true);
          expect(greater.neededSun >= less.neededSun).toBe(true);
        },
      ),
    );
  });

  it('says in figures what it goes by', () => {
    const advice = adviseStaking({
      demand: { peakEnergy: 6_500_000n, meanEnergy: 1_000_000n, rentals: 100 },
      stakedSun: 500_000n * UNIT,
      freeSun: 100_000n * UNIT,
      ratio,
      marginPercent: 20,
    });
    expect(advice).toEqual({
      action: 'STAKE_MORE',
      amountSun: 323_334n * UNIT,
      neededEnergy: 7_800_000n,
      neededSun: 823_334n * UNIT,
      stakedEnergy: 4_736_842n,
    });
  });

  it('says nothing without a rental to go by', () => {
    const demand = { peakEnergy: 0n, meanEnergy: 0n, rentals: 0 };
    const stakedSun = 5_000n * UNIT;
    expect(
      adviseStaking({ demand, stakedSun, freeSun: stakedSun, ratio, marginPercent: 20 }),
    ).toMatchObject({ action: 'NO_DATA', amountSun: 0n });
  });
});
