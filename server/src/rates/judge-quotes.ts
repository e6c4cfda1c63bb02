/** What a source answered; prices in 10⁻¹² USDT for one TRX. */
export interface Quote {
  readonly source: string;
  readonly bid: bigint;
  readonly ask: bigint;
  /** When the exchange says that it was so; null where it does not say. */
  readonly at: Date | null;
}

/** A source that gave no quote, and why. */
export interface NoQuote {
  readonly source: string;
  readonly why: string;
}

export interface JudgedSource {
  readonly source: string;
  readonly bid: bigint | null;
  readonly ask: bigint | null;
  readonly used: boolean;
  /** Why it was not used; null when it was. */
  readonly why: string | null;
}

export type RateOutcome = 'GOOD' | 'TOO_FEW' | 'DISAGREE' | 'JUMPED';

export interface JudgedRate {
  readonly outcome: RateOutcome;
  /** 10⁻¹² USDT for one TRX; null when too few sources agree. */
  readonly price: bigint | null;
  /** For people; null when the outcome is GOOD. */
  readonly problem: string | null;
  readonly sources: readonly JudgedSource[];
}

export interface RateRules {
  readonly now: Date;
  readonly maxAgeSeconds: number;
  readonly minSources: number;
  readonly maxDeviationPerMille: number;
  readonly maxSourceSpreadPerMille: number;
  readonly maxJumpPerMille: number;
  /** The last good rate that a jump is measured against; null when none is young enough. */
  readonly before: bigint | null;
}

/**
 * The rate that quotes make: the median of those that are fresh, sound and near the median of all.
 * It is GOOD when enough of them are left and it did not jump.
 */
export function judgeQuotes(answers: readonly (Quote | NoQuote)[], rules: RateRules): JudgedRate {
  const judged = answers.map((answer) => ({ answer, why: faultOf(answer, rules) }));
  const sound = judged.flatMap(({ answer, why }) =>
    why === null && 'bid' in answer ? [middleOf(answer)] : [],
  );
  const middle = medianOf(sound);
  const sources = judged.map(({ answer, why }): JudgedSource => {
    if (!('bid' in answer)) {
      return { source: answer.source, bid: null, ask: null, used: false, why: answer.why };
    }
    const reason = why ?? (middle === null ? null : deviationOf(answer, middle, rules));
    const { source, bid, ask } = answer;
    return { source, bid, ask, used: reason === null, why: reason };
  });
  const used = sources.flatMap(({ used: isUsed, bid, ask }) =>
    isUsed && bid !== null && ask !== null ? [(bid + ask) / 2n] : [],
  );
  const price = medianOf(used);
  if (price === null || used.length < rules.minSources) {
    const disagree = sound.length >= rules.minSources;
    return {
      outcome: disagree ? 'DISAGREE' : 'TOO_FEW',
      price: null,
      problem: disagree
        ? `The exchanges disagree: of ${sound.length} prices only ${used.length} are near each other, and ${rules.minSources} have to be.`
        : `Only ${used.length} of ${answers.length} exchanges gave a usable price; ${rules.minSources} are needed.`,
      sources,
    };
  }
  const { before, maxJumpPerMille } = rules;
  if (before !== null && apartPerMille(price, before) > BigInt(maxJumpPerMille)) {
    return {
      outcome: 'JUMPED',
      price,
      problem: `The rate moved by more than ${maxJumpPerMille}/1000 at once and is not believed yet.`,
      sources,
    };
  }
  return { outcome: 'GOOD', price, problem: null, sources };
}

function faultOf(answer: Quote | NoQuote, rules: RateRules): string | null {
  if (!('bid' in answer)) return answer.why;
  const { bid, ask, at } = answer;
  if (bid > ask) return 'its best bid is above its best ask';
  if ((ask - bid) * 1_000n > middleOf(answer) * BigInt(rules.maxSourceSpreadPerMille)) {
    return `its bid and ask are more than ${rules.maxSourceSpreadPerMille}/1000 apart`;
  }
  if (at === null) return null;
  const ageMs = rules.now.getTime() - at.getTime();
  if (ageMs > rules.maxAgeSeconds * 1_000) return `its price is of ${at.toISOString()}`;
  if (ageMs < -rules.maxAgeSeconds * 1_000)
    return `its price is of the future: ${at.toISOString()}`;
  return null;
}

function deviationOf(quote: Quote, middle: bigint, rules: RateRules): string | null {
  return apartPerMille(middleOf(quote), middle) > BigInt(rules.maxDeviationPerMille)
    ? `it is more than ${rules.maxDeviationPerMille}/1000 away from the others`
    : null;
}

/** How far two prices are apart, measured by the smaller, so that a half and a double are as far. */
function apartPerMille(one: bigint, other: bigint): bigint {
  const [low, high] = one < other ? [one, other] : [other, one];
  // Rounded up: what is just beyond a limit is beyond it.
  return ((high - low) * 1_000n + low - 1n) / low;
}

function middleOf({ bid, ask }: Quote): bigint {
  return (bid + ask) / 2n;
}

/** Of an even number the mean of the two in the middle, rounded down. */
function medianOf(prices: readonly bigint[]): bigint | null {
  const sorted = prices.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2n;
}
