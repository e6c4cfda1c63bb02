import { share } from '../format/decimal.ts';

/** The four parts of staked Energy, always in this order and these colours. */
export const stockParts = ['rented', 'reserved', 'recovering', 'free'] as const;
export type StockPart = (typeof stockParts)[number];

/** Amounts of Energy, whole, as decimal strings. */
export type Stock = Record<StockPart | 'staked', string>;

export const stockGround: Record<StockPart, string> = {
  rented: 'bg-stock-rented',
  reserved: 'bg-stock-reserved',
  recovering: 'bg-stock-recovering',
  free: 'bg-stock-free',
};

/** A wallet's capacity as stock. */
export function stockOf(capacity: {
  stakedEnergy: string;
  reservedEnergy: string;
  rentedEnergy: string;
  recoveringEnergy: string;
  freeEnergy: string;
}): Stock {
  return {
    staked: capacity.stakedEnergy,
    reserved: capacity.reservedEnergy,
    rented: capacity.rentedEnergy,
    recovering: capacity.recoveringEnergy,
    free: capacity.freeEnergy,
  };
}

/** Each part's share of what is staked, between 0 and 1. */
export function stockShares(stock: Stock): Record<StockPart, number> {
  return {
    rented: share(stock.rented, stock.staked),
    reserved: share(stock.reserved, stock.staked),
    recovering: share(stock.recovering, stock.staked),
    free: share(stock.free, stock.staked),
  };
}
