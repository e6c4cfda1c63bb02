import { share } from '../format/decimal.ts';

/** The parts of staked Energy, always in this order and these colours. */
export const stockParts = [
  'rented',
  'reserved',
  'recovering',
  'keptBack',
  'unstaking',
  'free',
] as const;
export type StockPart = (typeof stockParts)[number];

/** Amounts of Energy, whole, as decimal strings. */
export type Stock = Record<StockPart | 'staked', string>;

/** The pool as stock. What is being unstaked is known of wallets only. */
export function poolStock(inventory: Omit<Stock, 'unstaking'>): Stock {
  return { ...inventory, unstaking: '0' };
}

/** Parts that are worth a word: the usual four always, the others when there is any. */
export function shownParts(stock: Stock): readonly StockPart[] {
  return stockParts.filter(
    (part) => (part !== 'keptBack' && part !== 'unstaking') || stock[part] !== '0',
  );
}

export const stockGround: Record<StockPart, string> = {
  rented: 'bg-stock-rented',
  reserved: 'bg-stock-reserved',
  recovering: 'bg-stock-recovering',
  keptBack: 'bg-stock-kept',
  unstaking: 'bg-stock-unstaking',
  free: 'bg-stock-free',
};

/** A wallet's capacity as stock. */
export function stockOf(capacity: {
  stakedEnergy: string;
  reservedEnergy: string;
  rentedEnergy: string;
  recoveringEnergy: string;
  keptBackEnergy: string;
  freeEnergy: string;
}): Stock {
  return {
    unstaking: leftOver(capacity),
    keptBack: capacity.keptBackEnergy,
    staked: capacity.stakedEnergy,
    reserved: capacity.reservedEnergy,
    rented: capacity.rentedEnergy,
    recovering: capacity.recoveringEnergy,
    free: capacity.freeEnergy,
  };
}

/** What is in no other part is on its way out of the stake; differences of rounding are not. */
function leftOver(capacity: {
  stakedEnergy: string;
  reservedEnergy: string;
  rentedEnergy: string;
  recoveringEnergy: string;
  keptBackEnergy: string;
  freeEnergy: string;
}): string {
  const { stakedEnergy, reservedEnergy, rentedEnergy, recoveringEnergy } = capacity;
  const { keptBackEnergy, freeEnergy } = capacity;
  const named = [reservedEnergy, rentedEnergy, recoveringEnergy, keptBackEnergy, freeEnergy];
  const left = named.reduce((rest, part) => rest - BigInt(part), BigInt(stakedEnergy));
  return left > 100n ? left.toString() : '0';
}

/** Each part's share of what is staked, between 0 and 1. */
export function stockShares(stock: Stock): Record<StockPart, number> {
  return {
    rented: share(stock.rented, stock.staked),
    reserved: share(stock.reserved, stock.staked),
    recovering: share(stock.recovering, stock.staked),
    keptBack: share(stock.keptBack, stock.staked),
    unstaking: share(stock.unstaking, stock.staked),
    free: share(stock.free, stock.staked),
  };
}
