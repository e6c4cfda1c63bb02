import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum, UNIT } from '../kernel/money.ts';
import { planTopUps, type ThirstyWallet, type TopUpFacts, type TopUpRule } from './plan-top-ups.ts';

const rule: TopUpRule = {
  enabled: true,
  low: 20n * UNIT,
  target: 100n * UNIT,
  dailyLimit: 300n * UNIT,
  treasuryMinimum: 50n * UNIT,
};

function wallet(walletId: string, trx: bigint, more: Partial<ThirstyWallet> = {}): ThirstyWallet {
  return { walletId, label: walletId, balance: trx * UNIT, open: false, failed: null, ...more };
}

function plan(facts: Partial<TopUpFacts>) {
  return planTopUps({
    rule,
    treasury: { walletId: 'treasury', spendable: 1_000n * UNIT },
    treasuryUnknown: false,
    wallets: [],
    spentToday: 0n,
    ...facts,
  });
}

describe('top-ups', () => {
  it('go to the emptiest first, up to the target, and to nobody twice', () => {
    const wallets = [
      wallet('a', 19n),
      wallet('b', 2n),
      wallet('rich', 20n),
      wallet('open', 0n, { open: true }),
    ];
    expect(plan({ wallets })).toEqual({
      topUps: [
        { walletId: 'b', sun: 98n * UNIT },
        { walletId: 'a', sun: 81n * UNIT },
      ],
      problem: null,
    });
  });

  it('stop at the limit of the day and say so', () => {
    const wallets = [wallet('a', 0n), wallet('b', 1n)];
    const { topUps, problem } = plan({ wallets, spentToday: 180n * UNIT });
    expect(topUps).toEqual([
      { walletId: 'a', sun: 100n * UNIT },
      { walletId: 'b', sun: 20n * UNIT },
    ]);
    expect(problem).toBeNull();
    expect(plan({ wallets, spentToday: 300n * UNIT })).toMatchObject({
      topUps: [],
      problem: expect.stringContaining('limit') as unknown,
    });
  });

  it('say what is wrong with the treasury, and that a top-up failed', () => {
    const wallets = [wallet('a', 0n)];
    const poor = { walletId: 'treasury', spendable: 40n * UNIT };
    expect(plan({ wallets, treasury: poor }).problem).toContain('treasury wallet is low');
    expect(plan({ treasury: poor }).problem).toContain('treasury wallet is low');
    expect(plan({ wallets, treasury: null }).problem).toContain('No treasury');
    expect(plan({ treasury: null }).problem).toBeNull();
    expect(plan({ treasuryUnknown: true, treasury: null }).problem).toContain('no wallet');
    const failed = [wallet('a', 0n, { failed: 'The signer refused.' })];
    expect(plan({ wallets: failed })).toMatchObject({
      topUps: [],
      problem: expect.stringContaining('The signer refused.') as unknown,
    });
    expect(plan({ wallets, rule: { ...rule, enabled: false } })).toEqual({
      topUps: [],
      problem: null,
    });
  });

  it('never take more than the day and the treasury allow, nor overfill', () => {
    const amount = fc.bigInt({ min: 0n, max: 400n * UNIT });
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 8 }),
        amount,
        amount,
        (balances, spendable, spentToday) => {
          const wallets = balances.map((balance, i) => ({ ...wallet(`w${i}`, 0n), balance }));
          const { topUps } = plan({
            wallets,
            treasury: { walletId: 'treasury', spendable },
            spentToday,
          });
          const all = sum(topUps.map(({ sun }) => sun));
          if (topUps.length === 0) return;
          expect(all).toBeLessThanOrEqual(rule.dailyLimit - spentToday);
          expect(spendable - all).toBeGreaterThanOrEqual(rule.treasuryMinimum);
          for (const { walletId, sun } of topUps) {
            const before = wallets.find((one) => one.walletId === walletId)?.balance ?? 0n;
            expect(before).toBeLessThan(rule.low);
            expect(before + sun).toBeLessThanOrEqual(rule.target);
          }
        },
      ),
    );
  });
});
