import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query } from '../database/query.ts';
import type { RentalState, SliceState } from './order-states.ts';

/** The part of an order that one wallet delivers; `stake` in sun. */
export interface SliceRow {
  readonly id: string;
  readonly orderId: string;
  readonly position: number;
  readonly walletId: string;
  readonly energy: bigint;
  readonly stake: bigint;
  readonly state: SliceState;
}

/** Delivered Energy until it is taken back; has the id of its slice. */
export interface RentalRow {
  readonly id: string;
  readonly orderId: string;
  readonly walletId: string;
  readonly receiver: string;
  readonly energy: bigint;
  readonly stake: bigint;
  readonly state: RentalState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** `endsAt` with its microseconds: for cursors. */
  readonly endsAtText: string;
  readonly reclaimedAt: Date | null;
}

const SELECT_RENTALS = `
  select id, order_id as "orderId", wallet_id as "walletId", receiver, energy,
         stake_sun as stake, state, starts_at as "startsAt", ends_at as "endsAt",
         to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "endsAtText",
         reclaimed_at as "reclaimedAt"
  from rentals`;

const SLICES = prepared(
  `select id, order_id as "orderId", position, wallet_id as "walletId", energy,
          stake_sun as stake, state
   from order_slices where order_id = any($1::uuid[]) order by order_id, position`,
);

/** The slices of these orders in their order, dropped ones too; keyed by order. */
export async function slicesOfOrders(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<Map<string, SliceRow[]>> {
  const rows = await query<SliceRow>(em, SLICES, [orderIds]);
  return Map.groupBy(rows, ({ orderId }) => orderId);
}

/** The rentals of these slices, by the slice's id. */
export async function rentalsOfSlices(
  em: EntityManager,
  sliceIds: readonly string[],
): Promise<Map<string, RentalRow>> {
  const rows = await query<RentalRow>(em, `${SELECT_RENTALS} where id = any($1::uuid[])`, [
    sliceIds,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A place in a wallet's rentals: the end, as text with microseconds, and the id. */
export interface RentalCursor {
  readonly endsAtText: string;
  readonly id: string;
}

/** Rentals of a wallet, the last to end first: one more than asked for when there are more. */
export function rentalsOfWallet(
  em: EntityManager,
  walletId: string,
  page: {
    readonly state: RentalState | null;
    readonly first: number;
    readonly after: RentalCursor | null;
  },
): Promise<RentalRow[]> {
  return query<RentalRow>(
    em,
    `${SELECT_RENTALS}
     where wallet_id = $1 and ($2::text is null or state = $2)
       and ($3::timestamptz is null or (ends_at, id) < ($3::timestamptz, $4::uuid))
     order by ends_at desc, id desc limit $5`,
    [walletId, page.state, page.after?.endsAtText ?? null, page.after?.id ?? null, page.first + 1],
  );
}
