import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planSweep, type SweptAddress } from './plan-sweep.ts';

const micros = fc.bigInt({ min: 0n, max: 10n ** 12n });
const address: fc.Arbitrary<SweptAddress> = fc.record({
  exists: fc.boolean(),
  sun: micros,
  microUsdt: micros,
  freeBandwidth: fc.bigInt({ min: 0n, max: 1_000n }),
  ownEnergy: fc.bigInt({ min: 0n, max: 200_000n }),
  energyNeeded: fc.option(fc.bigInt({ min: 1n, max: 200_000n })),
});
const terms = {
  energyPriceSun: 100n,
  bandwidthPriceSun: 1_000n,
  activationFeeSun: 1_100_000n,
  minimum: { TRX: 20_000_000n, USDT: 50_000_000n },
};

it('plans nothing that is not there, pays every fee, and one currency at a time', () => {
  fc.assert(
    fc.property(address, (held) => {
      const seen = held.exists ? held : { ...held, sun: 0n, freeBandwidth: 0n, ownEnergy: 0n };
      const [tokens, coins] = planSweep(seen, terms);
      if (!tokens || !coins) throw new Error('two plans');
      expect(tokens.amount).toBe(seen.microUsdt);
      expect([tokens, coins].filter(({ skip }) => skip === null).length).toBeLessThan(2);
      if (coins.skip === null) {
        expect(coins.amount).toBeGreaterThanOrEqual(terms.minimum.TRX);
        expect(coins.amount + coins.burnSun).toBe(seen.sun);
      }
      if (tokens.skip !== null) return;
      expect(tokens.amount).toBeGreaterThanOrEqual(terms.minimum.USDT);
      expect(seen.energyNeeded).not.toBeNull();
      // What is there with the fuel covers what is burnt; the activation is the treasury's.
      const burnt = tokens.burnSun - (seen.exists ? 0n : terms.activationFeeSun);
      expect(seen.sun + tokens.fuelSun).toBeGreaterThanOrEqual(burnt);
      expect(tokens.feeLimitSun).toBeGreaterThanOrEqual(
        ((seen.energyNeeded ?? 0n) - seen.ownEnergy) * terms.energyPriceSun,
      );
      if (!seen.exists) expect(tokens.fuelSun).toBeGreaterThan(0n);
    }),
  );
});
