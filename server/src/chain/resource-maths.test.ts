import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNIT } from '../kernel/money.ts';
import {
  delegatableStake,
  energyOfStake,
  FULL_WINDOW_SLOTS,
  recoveredBy,
  SLOT_MS,
  stakeForEnergy,
  usageAt,
} from './resource-maths.ts';

const mainnet = { totalLimit: 180_000_000_000n, totalWeight: 19_000_000_000n };
const ratios = fc.record({
  totalLimit: fc.bigInt(50_000_000_000n, 300_000_000_000n),
  totalWeight: fc.bigInt(1_000_000n, 60_000_000_000n),
});
const energies = fc.bigInt(1n, 10_000_000_000n);

describe('stake and energy', () => {
  it('meet the figures of mainnet', () => {
    // 9.47 energy per TRX: 65,000 / 9.4737 = 6,861.1
    expect(stakeForEnergy(65_000n, mainnet, 0n)).toBe(6_862n * UNIT);
    expect(stakeForEnergy(65_000n, mainnet, 5n)).toBe(6_896n * UNIT);
    expect(energyOfStake(6_862n * UNIT, mainnet)).toBe(65_008n);
    expect(stakeForEnergy(1n, mainnet, 0n)).toBe(UNIT);
    expect(energyOfStake(UNIT, { totalLimit: 180_000_000_000n, totalWeight: 0n })).toBe(0n);
  });

  it('always yields what was sold, with whole TRX and none to spare', () => {
    fc.assert(
      fc.property(energies, ratios, (energy, ratio) => {
        const stake = stakeForEnergy(energy, ratio, 0n);
        expect(stake % UNIT).toBe(0n);
        expect(stake).toBeGreaterThanOrEqual(UNIT);
        expect(energyOfStake(stake, ratio)).toBeGreaterThanOrEqual(energy);
        if (stake > UNIT) expect(energyOfStake(stake - UNIT, ratio)).toBeLessThanOrEqual(energy);
      }),
    );
  });

  it('a margin survives that much drift of the weight', () => {
    fc.assert(
      fc.property(energies, ratios, fc.bigInt(0n, 100n), (energy, ratio, margin) => {
        const stake = stakeForEnergy(energy, ratio, margin);
        const drifted = { ...ratio, totalWeight: (ratio.totalWeight * (1000n + margin)) / 1000n };
        expect(energyOfStake(stake, drifted)).toBeGreaterThanOrEqual(energy - 1n);
      }),
    );
  });

  it('is within one of the exact quotient and grows with the stake', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 16n), ratios, (stake, ratio) => {
        const exact = (stake * ratio.totalLimit) / (UNIT * ratio.totalWeight);
        const reckoned = energyOfStake(stake, ratio);
        const off = reckoned > exact ? reckoned - exact : exact - reckoned;
        // A double holds 53 bits: past 2^50 energy it cannot be within one any more.
        if (exact < 2n ** 50n) expect(off).toBeLessThanOrEqual(1n);
        expect(energyOfStake(stake + UNIT, ratio)).toBeGreaterThanOrEqual(reckoned);
      }),
    );
  });
});

describe('delegatable stake', () => {
  const frozen = 10_000n * UNIT;
  const owned = { frozen, usageEnergy: 0n, acquired: 0n };

  it('is the frozen stake, less what usage occupies, less than 1 TRX being none', () => {
    expect(delegatableStake(owned, mainnet)).toBe(frozen);
    // 9,000 energy occupy 950 TRX at 19/1.8 TRX per 100 energy
    expect(delegatableStake({ ...owned, usageEnergy: 9_000n }, mainnet)).toBe(9_050n * UNIT);
    expect(delegatableStake({ ...owned, frozen: UNIT - 1n }, mainnet)).toBe(0n);
    expect(delegatableStake({ ...owned, usageEnergy: 10n ** 9n }, mainnet)).toBe(0n);
  });

  it('lets stake from others and from Stake 1.0 absorb usage first', () => {
    const used = { ...owned, usageEnergy: 9_000n };
    expect(delegatableStake({ ...used, acquired: 950n * UNIT }, mainnet)).toBe(frozen);
    expect(delegatableStake({ ...used, acquired: 450n * UNIT }, mainnet)).toBe(9_500n * UNIT);
    const old = { frozenV1: 300n * UNIT, acquiredV1: 150n * UNIT };
    expect(delegatableStake({ ...used, ...old }, mainnet)).toBe(9_500n * UNIT);
  });

  it('never exceeds the frozen stake and only shrinks with usage', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.bigInt(0n, 10n ** 11n),
        fc.bigInt(0n, 10n ** 15n),
        ratios,
        (stake, usageEnergy, acquired, ratio) => {
          const free = delegatableStake({ frozen: stake, usageEnergy, acquired }, ratio);
          expect(free).toBeLessThanOrEqual(stake);
          expect(free).toBeGreaterThanOrEqual(0n);
          const more = { frozen: stake, usageEnergy: usageEnergy + 1_000n, acquired };
          expect(delegatableStake(more, ratio)).toBeLessThanOrEqual(free);
        },
      ),
    );
  });
});

describe('recovery', () => {
  const used = { usage: 65_000n, windowSlots: FULL_WINDOW_SLOTS, atMs: 1_000_000 };
  const hours = (count: number): number => used.atMs + count * 3_600_000;

  it('is linear over the window', () => {
    expect(usageAt(used, used.atMs)).toBe(65_000n);
    expect(usageAt(used, used.atMs - 3_000)).toBe(65_000n);
    expect(usageAt(used, hours(6))).toBe(48_750n);
    expect(usageAt(used, hours(12))).toBe(32_500n);
    expect(usageAt(used, hours(24))).toBe(0n);
    expect(usageAt({ ...used, windowSlots: 14_400n }, hours(6))).toBe(32_500n);
    expect(recoveredBy(used, 32_500n)).toBe(hours(12));
    expect(recoveredBy(used, 65_000n)).toBe(used.atMs);
  });

  it('only ever shrinks, to nothing at the end of the window, and is where it says', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 11n),
        fc.bigInt(1n, FULL_WINDOW_SLOTS),
        fc.nat(30_000),
        fc.bigInt(0n, 10n ** 11n),
        (usage, windowSlots, slot, wanted) => {
          const measured = { usage, windowSlots, atMs: 0 };
          const at = usageAt(measured, slot * SLOT_MS);
          expect(at).toBeLessThanOrEqual(usage);
          expect(at).toBeGreaterThanOrEqual(0n);
          expect(usageAt(measured, (slot + 1) * SLOT_MS)).toBeLessThanOrEqual(at);
          expect(usageAt(measured, Number(windowSlots) * SLOT_MS)).toBe(0n);
          const time = recoveredBy(measured, wanted);
          expect(usageAt(measured, time)).toBeLessThanOrEqual(wanted);
          if (time > 0) expect(usageAt(measured, time - SLOT_MS)).toBeGreaterThan(wanted);
        },
      ),
    );
  });
});
