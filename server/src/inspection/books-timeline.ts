import type { Address } from '../chain/address.ts';
import type { Resource } from '../chain/transaction.ts';

/** Stake that the books say is delegated from a moment of chain time on, and until when. */
export interface Lent {
  readonly receiver: Address;
  readonly resource: Resource;
  readonly sun: bigint;
  readonly fromMs: number;
  /** Null while it is out. */
  readonly untilMs: number | null;
}

/** From when to when the chain may have been looked at; both ends belong to it. */
export interface Window {
  readonly fromMs: number;
  readonly throughMs: number;
}

/**
 * Every sum that the books had during the window, the latest first. A look at the chain sees one
 * moment of it, without saying which; whatever is on its way then is in one sum and not in another.
 * What the chain shows is right when it is one of them.
 */
export function sumsDuring(lent: readonly Lent[], { fromMs, throughMs }: Window): bigint[] {
  const moments = new Set([fromMs, throughMs]);
  for (const { fromMs: begins, untilMs: ends } of lent) {
    for (const moment of [begins, ends]) {
      if (moment !== null && moment > fromMs && moment <= throughMs) moments.add(moment);
    }
  }
  const sums = [...moments].sort((a, b) => b - a).map((moment) => sumAt(lent, moment));
  return [...new Set(sums)];
}

function sumAt(lent: readonly Lent[], moment: number): bigint {
  return lent.reduce(
    (sum, { sun, fromMs, untilMs }) =>
      fromMs <= moment && (untilMs === null || untilMs > moment) ? sum + sun : sum,
    0n,
  );
}

/**
 * How far the chain is from the books: positive when it has more delegated. The difference that is
 * known already stands while it may still be the same; otherwise the smallest that it can be.
 */
export function differenceOf(
  chain: bigint,
  sums: readonly bigint[],
  known: bigint | null,
): { readonly books: bigint; readonly difference: bigint } {
  const possible = sums.map((books) => ({ books, difference: chain - books }));
  const agrees = possible.find(({ difference }) => difference === 0n);
  const same = possible.find(({ difference }) => difference === known);
  const [first, ...rest] = possible;
  const smallest = rest.reduce(
    (best, one) => (size(one.difference) < size(best.difference) ? one : best),
    first ?? { books: 0n, difference: chain },
  );
  return agrees ?? same ?? smallest;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
