import type { Mutant } from './mutants.ts';

/** Mistakes in what is promised, paid and returned. */
export const BOOK_MUTANTS: readonly Mutant[] = [
  {
    name: 'refund without evidence',
    edits: [
      {
        file: 'give-up.ts',
        from: `o.lease_until < desk_now() and exists (
              select from attempts a where a.operation_id = o.id and a.state in ('BUILT', 'SIGNED')))`,
        to: `coalesce(o.lease_until < desk_now(), true) and exists (
              select from attempts a where a.operation_id = o.id and a.state in ('BUILT', 'SIGNED', 'SENDING')))`,
      },
      {
        file: 'give-up.ts',
        from: `where operation_id = any($1::uuid[]) and state in ('BUILT', 'SIGNED')\`,`,
        to: `where operation_id = any($1::uuid[]) and state in ('BUILT', 'SIGNED', 'SENDING')\`,`,
      },
    ],
    seeds: 400,
  },
  {
    name: 'refund in another transaction',
    edits: [
      {
        file: 'conclude-orders.ts',
        from: `await releaseHeld(em, system('refund'), await heldOrders(em, orderIds));`,
        to: `const held = await heldOrders(em, orderIds);
  await em.fork().transactional((other) => releaseHeld(other, system('refund'), held));`,
      },
    ],
    seeds: 400,
  },
  {
    name: 'capture not made',
    edits: [
      {
        file: 'capacity.ts',
        from: `moveReservations(em, sliceIds, 'HELD', 'CAPTURED')`,
        to: `moveReservations(em, [], 'HELD', 'CAPTURED')`,
      },
    ],
    seeds: 10,
  },
  {
    name: 'capacity checked outside the lock (and nobody asked again)',
    edits: [
      {
        file: 'capacity.ts',
        from: 'sparing(await query(em, LOCK_SELLING), reserve)',
        to: 'sparing(await query(em, SELLING), reserve)',
      },
      {
        file: 'capacity.ts',
        from: ' and w.committed_sun + c.sun <= c.most',
        to: '',
      },
      {
        file: 'capacity.ts',
        from: `    violates(error, 'wallets_not_oversold') ||
`,
        to: '',
      },
    ],
    seeds: 300,
  },
  {
    name: 'an overtaken batch is committed',
    edits: [
      {
        file: 'capacity.ts',
        from: `insist((select count(*) from kept) = cardinality($1::uuid[]), 'stake_overtaken')`,
        to: '1',
      },
    ],
    seeds: 300,
  },
  {
    name: 'amounts as floats',
    edits: [
      {
        file: 'held-transfers.ts',
        from: 'amount: price_sun }',
        to: 'amount: BigInt(Math.trunc((Number(price_sun) / 1e6) * 1e6)) }',
      },
      {
        file: 'held-transfers.ts',
        from: 'amount: -price_sun }',
        to: 'amount: -BigInt(Math.trunc((Number(price_sun) / 1e6) * 1e6)) }',
      },
    ],
    seeds: 300,
  },
  {
    name: "idempotency key without the content's hash",
    edits: [
      {
        file: 'place-orders.ts',
        from: 'return earlier.contentHash.equals(contentHash)',
        to: 'return earlier.contentHash.length === contentHash.length',
      },
    ],
    seeds: 100,
  },
  {
    name: 'one failure fails its batch',
    edits: [
      {
        file: 'place-orders.ts',
        from: 'if (error instanceof Error) return { error };',
        to: '',
      },
    ],
    seeds: 300,
  },
];
