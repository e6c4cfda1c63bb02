import type { Address } from '../chain/address.ts';
import type { Resource } from '../chain/transaction.ts';
import { differenceOf, type Lent, sumsDuring, type Window } from './books-timeline.ts';
import type { DifferenceKind } from './difference-states.ts';
import type { WalletLook } from './look-at-wallet.ts';

/** A place where chain and books do not say the same; amounts in sun. */
export interface FoundDifference {
  /** One row for each: names the thing, not the figures. */
  readonly key: string;
  readonly kind: Exclude<DifferenceKind, 'FOREIGN_TRANSACTION'>;
  readonly receiver: Address | null;
  readonly resource: Resource;
  readonly chain: bigint;
  readonly books: bigint;
  readonly lockedSun: bigint;
}

export interface Comparison {
  readonly found: readonly FoundDifference[];
  /** Keys of what was looked at and agrees. */
  readonly agreeing: readonly string[];
  /** The wallet's delegations for Energy as a whole. */
  readonly total: { readonly chain: bigint; readonly books: bigint; readonly difference: bigint };
}

/**
 * A node behind a balancer may answer from a little behind the header that it has shown. Widening
 * the window can only hide a difference while it is a minute old.
 */
const MARGIN_MS = 60_000;

/** The stretch of chain time that a look may have seen. */
export function windowOf({ from, through }: Pick<WalletLook, 'from' | 'through'>): Window {
  return { fromMs: from.timeMs - MARGIN_MS, throughMs: through.timeMs };
}

/**
 * Compares a look at the chain with the books.
 * @param known difference by key, chain less books, of what was found earlier and is not gone
 */
export function compareLook(
  walletId: string,
  look: WalletLook,
  lent: readonly Lent[],
  known: ReadonlyMap<string, bigint>,
): Comparison {
  const window = windowOf(look);
  const found: FoundDifference[] = [];
  const agreeing: string[] = [];
  const byPair = Map.groupBy(lent, pairOf);

  const driftKey = `DRIFT:${walletId}`;
  const energy = lent.filter(({ resource }) => resource === 'ENERGY');
  const total = differenceOf(
    look.delegatedSun,
    sumsDuring(energy, window),
    known.get(driftKey) ?? null,
  );
  const drift = { chain: look.delegatedSun, books: total.books };
  if (total.difference === 0n) agreeing.push(driftKey);
  else {
    found.push({
      ...drift,
      key: driftKey,
      kind: 'DRIFT',
      receiver: null,
      resource: 'ENERGY',
      lockedSun: 0n,
    });
  }

  for (const pair of look.pairs) {
    const { receiver, resource, sun, lockedSun } = pair;
    const keys = pairKeys(walletId, receiver, resource);
    const before = known.get(keys.ORPHAN_DELEGATION) ?? known.get(keys.MISSING_DELEGATION) ?? null;
    const sums = sumsDuring(byPair.get(pairOf(pair)) ?? [], window);
    const { books, difference } = differenceOf(sun, sums, before);
    const kind = difference > 0n ? 'ORPHAN_DELEGATION' : 'MISSING_DELEGATION';
    if (difference === 0n) agreeing.push(keys.ORPHAN_DELEGATION, keys.MISSING_DELEGATION);
    else {
      found.push({ key: keys[kind], kind, receiver, resource, chain: sun, books, lockedSun });
      agreeing.push(
        kind === 'ORPHAN_DELEGATION' ? keys.MISSING_DELEGATION : keys.ORPHAN_DELEGATION,
      );
    }
  }
  return { found, agreeing, total: { ...drift, difference: total.difference } };
}

/** The keys that differences of a pair of accounts have. */
export function pairKeys(
  walletId: string,
  receiver: Address,
  resource: Resource,
): Record<'ORPHAN_DELEGATION' | 'MISSING_DELEGATION', string> {
  const pair = `${walletId}:${receiver}:${resource}`;
  return {
    ORPHAN_DELEGATION: `ORPHAN_DELEGATION:${pair}`,
    MISSING_DELEGATION: `MISSING_DELEGATION:${pair}`,
  };
}

function pairOf({ receiver, resource }: Pick<Lent, 'receiver' | 'resource'>): string {
  return `${receiver}:${resource}`;
}
