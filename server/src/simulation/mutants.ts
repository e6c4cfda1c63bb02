/** A mistake that somebody could make, as a change of one file that must apply exactly once. */
export interface Mutant {
  readonly name: string;
  /** Below server/src. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Histories among which at least one must break. */
  readonly seeds: number;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: "idempotency key without the content's hash",
    file: 'orders/place-orders.ts',
    from: 'return earlier.contentHash.equals(contentHash)',
    to: 'return earlier.contentHash.length === contentHash.length',
    seeds: 40,
  },
  {
    name: 'capture not made',
    file: 'wallets/capacity.ts',
    from: `moveReservations(em, sliceIds, 'HELD', 'CAPTURED')`,
    to: `moveReservations(em, [], 'HELD', 'CAPTURED')`,
    seeds: 20,
  },
];
