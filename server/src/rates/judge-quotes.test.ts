import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeQuotes, type Quote, type RateRules } from './judge-quotes.ts';
import { converted, formatPrice, PICO, readPrice } from './price.ts';

const now = new Date('2026-11-22T08:00:00Z');
const rules: RateRules = {
  now,
  maxAgeSeconds: 120,
  minSources: 2,
  maxDeviationPerMille: 20,
  maxSourceSpreadPerMille: 20,
  maxJumpPerMille: 100,
  before: null,
};

function at(source: string, bid: string, ask = bid, when: Date | null = null): Quote {
  return { source, bid: readPrice(bid) ?? 0n, ask: readPrice(ask) ?? 0n, at: when };
}

const three = [at('a', '0.3'), at('b', '0.301'), at('c', '0.303')];

function judged(answers: Parameters<typeof judgeQuotes>[0], more: Partial<RateRules> = {}) {
  const { price, outcome, problem, sources } = judgeQuotes(answers, { ...rules, ...more });
  const left = sources
    .filter(({ used }) => !used)
    .map(({ source, why }) => `${source}: ${why ?? ''}`);
  return { price: price && formatPrice(price), outcome, problem, left };
}

describe('the rate that quotes make', () => {
  it('is the median of all that are sound', () => {
    expect(judged(three)).toEqual({ price: '0.301', outcome: 'GOOD', problem: null, left: [] });
    expect(judged(three.slice(0, 2))).toMatchObject({ price: '0.3005', outcome: 'GOOD' });
    expect(judged([at('a', '0.2999', '0.3001'), ...three])).toMatchObject({ price: '0.3005' });
  });

  it('leaves out what is stale, crossed, wide or far off, and says why', () => {
    const old = new Date(now.getTime() - 121_000);
    expect(
      judged([
        ...three,
        at('stale', '0.3', '0.3', old),
        at('early', '0.3', '0.3', new Date(now.getTime() + 121_000)),
        at('crossed', '0.302', '0.3'),
        at('wide', '0.29', '0.31'),
        at('inverse', '3.3333'),
        { source: 'silent', why: 'it gave no answer' },
      ]),
    ).toMatchObject({
      price: '0.301',
      outcome: 'GOOD',
      left: [
        `stale: its price is of ${old.toISOString()}`,
        expect.stringContaining('early: its price is of the future'),
        'crossed: its best bid is above its best ask',
        'wide: its bid and ask are more than 20/1000 apart',
        'inverse: it is more than 20/1000 away from the others',
        'silent: it gave no answer',
      ],
    });
  });

  it('is none when too few are left, or when they disagree', () => {
    expect(judged([at('a', '0.3'), { source: 'b', why: 'x' }])).toMatchObject({
      outcome: 'TOO_FEW',
      price: null,
    });
    expect(judged([])).toMatchObject({ outcome: 'TOO_FEW' });
    expect(judged([at('a', '0.3'), at('b', '0.4')])).toMatchObject({
      outcome: 'DISAGREE',
      price: null,
      problem: expect.stringContaining('only 0 are near each other') as string,
    });
  });

  it('is not believed when it jumps, either way alike', () => {
    const before = readPrice('0.27') ?? 0n;
    expect(judged(three, { before })).toMatchObject({ outcome: 'JUMPED', price: '0.301' });
    expect(judged(three, { before: readPrice('0.34') ?? 0n })).toMatchObject({ outcome: 'JUMPED' });
    expect(judged(three, { before: readPrice('0.32') ?? 0n })).toMatchObject({ outcome: 'GOOD' });
  });

  it('lies between the lowest bid and the highest ask of what it is made of, in any order', () => {
    const quote = fc.record({
      source: fc.string(),
      bid: fc.bigInt({ min: 1n, max: 10n ** 18n }),
      ask: fc.bigInt({ min: 1n, max: 10n ** 18n }),
      at: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(quote, { maxLength: 7 }), (quotes) => {
        const { price, sources } = judgeQuotes(quotes, rules);
        expect(judgeQuotes(quotes.toReversed(), rules).price).toBe(price);
        const used = sources.filter((one) => one.used);
        if (price === null) return;
        expect(used.length).toBeGreaterThanOrEqual(rules.minSources);
        expect(used.some(({ bid }) => bid !== null && bid <= price)).toBe(true);
        expect(used.some(({ ask }) => ask !== null && ask >= price)).toBe(true);
      }),
    );
  });
});

describe('prices', () => {
  it.each([
    '',
    '-0.3',
    '+0.3',
    'NaN',
    'Infinity',
    '3e-1',
    '0',
    '0.0',
    '.3',
    '0,3',
    '1234567',
    ' 0.3',
  ])('are not %j', (text) => {
    expect(readPrice(text)).toBeUndefined();
  });

  it('are read and written exactly', () => {
    expect(readPrice('0.30120000')).toBe(301_200_000_000n);
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999n * PICO }), (price) => {
        expect(readPrice(formatPrice(price))).toBe(price);
      }),
    );
  });
});

it('never makes money of going there and back, and never gives more than the rate says', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 15n }),
      fc.bigInt({ min: 10n ** 9n, max: 10n ** 14n }),
      fc.integer({ min: 0, max: 500 }),
      fc.constantFrom('TRX' as const, 'USDT' as const),
      (amount, price, spread, from) => {
        const to = from === 'TRX' ? 'USDT' : 'TRX';
        const there = converted(amount, { from, to }, price, spread);
        expect(converted(there, { from: to, to: from }, price, spread)).toBeLessThanOrEqual(amount);
        if (from === 'USDT') expect(there * price).toBeLessThanOrEqual(amount * PICO);
        else expect(there * PICO).toBeLessThanOrEqual(amount * price);
      },
    ),
  );
});
