import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { databaseTime } from '../database/database-time.ts';
import { query } from '../database/query.ts';
import type { IdMaker } from '../kernel/ids.ts';
import { lockSellingWallets, type SellingWallet, sellingWallets } from '../capacity/capacity.ts';
import { reserveOf } from '../capacity/kept-back.ts';
import { type UserAccounts, userAccounts } from '../ledger/accounts.ts';
import { readSafeMode, type SafeModeRow } from '../safety/read-safe-mode.ts';
import { readSettings, type Settings } from '../settings/read-settings.ts';
import { ensureBuyers, ensureUsers } from '../users/ensure-users.ts';
import { maySee } from '../users/find-users.ts';
import { type DayUsage, dayUsageOf, isLimited, limitsOf } from '../users/user-limits.ts';
import type { UserRow } from '../users/user-row.ts';
import type { PlaceOrderCommand } from './place-orders.ts';

/** Everything that placing a batch decides by. */
export interface PlacingPicture {
  /** Of each command; undefined for who is nobody to its caller. */
  readonly users: readonly (UserRow | undefined)[];
  readonly settings: Settings;
  readonly safeMode: SafeModeRow;
  readonly wallets: readonly SellingWallet[];
  readonly accounts: ReadonlyMap<string, UserAccounts>;
  /** Orders that were placed earlier, by {@link keyOf}. */
  readonly known: Map<string, KnownOrder>;
  /** What users with a limit have bought within the last 24 hours. */
  readonly usage: Map<string, DayUsage>;
  /** Receivers that are wallets of the pool. */
  readonly ours: ReadonlySet<string>;
  /** By the database's clock. */
  readonly now: Date;
}

interface KnownOrder {
  readonly orderId: string;
  readonly contentHash: Buffer;
}

/** As it is at this moment, in one wait for PostgreSQL: nothing keeps it so, and what users have used is not asked. */
export async function readPicture(
  em: EntityManager,
  ids: IdMaker,
  commands: readonly PlaceOrderCommand[],
): Promise<PlacingPicture> {
  const [settings, selling, known, safeMode, now, ours, buyers] = await Promise.all([
    readSettings(em),
    sellingWallets(em),
    existingOrders(em, commands),
    readSafeMode(em),
    databaseTime(em),
    ourAddresses(em, commands),
    ensureBuyers(
      em,
      ids,
      commands.map(({ user }) => user),
    ),
  ]);
  const users = buyers.map((user, index) => visible(user, commands[index]));
  const accounts = new Map(
    users.filter((user) => user !== undefined).map(({ id, accounts }) => [id, accounts]),
  );
  const wallets = selling(reserveOf(settings.values));
  return { users, settings, safeMode, wallets, accounts, known, usage: new Map(), ours, now };
}

/** The same behind the locks of the wallets, then of the users' accounts: so it stays to the end of the transaction. */
export async function readPictureBehindLocks(
  em: EntityManager,
  ids: IdMaker,
  commands: readonly PlaceOrderCommand[],
): Promise<PlacingPicture> {
  const [named, settings, ours] = await Promise.all([
    ensureUsers(
      em,
      ids,
      commands.map(({ user }) => user),
    ),
    readSettings(em),
    ourAddresses(em, commands),
  ]);
  const users = named.map((user, index) => visible(user, commands[index]));
  const known = users.filter((user) => user !== undefined);
  const limited = known.filter((user) => isLimited(limitsOf(user, settings.values)));
  // In this order and in one go: the two that lock, then what is only true behind the locks. An equal
  // order from elsewhere, for which this one has waited, is there by then.
  const [wallets, accounts, existing, usage, safeMode, now] = await Promise.all([
    lockSellingWallets(em, reserveOf(settings.values)),
    userAccounts(em, idsOf(known), 'TRX', { lock: true }),
    existingOrders(em, commands),
    dayUsageOf(em, idsOf(limited)),
    readSafeMode(em),
    databaseTime(em),
  ]);
  return { users, settings, safeMode, wallets, accounts, known: existing, usage, ours, now };
}

/** Another API client's user is nobody to this one, whose id ever it sends. */
function visible<User extends UserRow>(
  user: User | undefined,
  command: PlaceOrderCommand | undefined,
): User | undefined {
  return user && maySee(command?.clientId ?? undefined, user) ? user : undefined;
}

function idsOf(users: readonly UserRow[]): string[] {
  return [...new Set(users.map(({ id }) => id))].sort();
}

/** What names an order to its caller, once and for ever. */
export function keyOf({
  caller,
  clientOrderId,
}: Pick<PlaceOrderCommand, 'caller' | 'clientOrderId'>): string {
  return `${caller} ${clientOrderId}`;
}

interface ExistingOrder {
  readonly id: string;
  readonly caller: string;
  readonly clientOrderId: string;
  readonly contentHash: Buffer;
}

// One look into the unique index for each: as a join it was planned for the empty table of a young desk,
// which then was read whole by every batch.
const EXISTING = prepared(
  `select o.id, o.caller, o.client_order_id as "clientOrderId", o.content_hash as "contentHash"
   from unnest($1::text[], $2::text[]) as k(caller, client_order_id)
   cross join lateral (
     select id, caller, client_order_id, content_hash from orders
     where caller = k.caller and client_order_id = k.client_order_id limit 1) o`,
);

async function existingOrders(
  em: EntityManager,
  commands: readonly PlaceOrderCommand[],
): Promise<Map<string, KnownOrder>> {
  const rows = await query<ExistingOrder>(em, EXISTING, [
    commands.map(({ caller }) => caller),
    commands.map(({ clientOrderId }) => clientOrderId),
  ]);
  return new Map(
    rows.map((row) => [keyOf(row), { orderId: row.id, contentHash: row.contentHash }]),
  );
}

const OURS = prepared('select address from wallets where address = any($1)');

async function ourAddresses(
  em: EntityManager,
  commands: readonly PlaceOrderCommand[],
): Promise<ReadonlySet<string>> {
  const rows = await query<{ address: string }>(em, OURS, [
    commands.map(({ receiver }) => receiver),
  ]);
  return new Set(rows.map(({ address }) => address));
}
