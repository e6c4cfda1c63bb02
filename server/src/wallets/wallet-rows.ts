import type { EntityManager } from '../database/database.ts';
import { prepared } from '../database/bundle.ts';
import { query, queryOne } from '../database/query.ts';
import { type Reserve, splitFree } from '../capacity/kept-back.ts';
import type { WalletState } from './wallet-states.ts';

/** A wallet of the pool; amounts in sun, the chain's side as last observed. */
export interface WalletRow {
  readonly id: string;
  readonly address: string;
  readonly label: string;
  readonly state: WalletState;
  readonly stateReason: string | null;
  readonly permissionId: number;
  readonly balance: bigint;
  /** Own Energy stake, delegated or not. */
  readonly staked: bigint;
  /** Stake that can be delegated or is, less what recovers. */
  readonly sellable: bigint;
  /** Stake whose Energy was used up by renters and has not recovered. */
  readonly recovering: bigint;
  readonly bandwidthAvailable: number;
  readonly bandwidthLimit: number;
  readonly observedBlock: number | null;
  readonly observedAt: Date | null;
  readonly registeredAt: Date;
  /** The state to which a probe returns it; null unless it was quarantined by rule. */
  readonly quarantinedFrom: WalletState | null;
  /** When a wallet that was quarantined by rule is probed next. */
  readonly nextProbeAt: Date | null;
  /** What the last probe found, as it was stored. */
  readonly lastProbe: unknown;
}

/** What is promised of a wallet's stake, in sun. */
export interface WalletUse {
  /** Promised to slices that are not delivered. */
  readonly reserved: bigint;
  /** Delivered and not yet taken back for sure. */
  readonly rented: bigint;
  /** Taken out of the sale because it is being unstaked. */
  readonly unstaking: bigint;
}

export type UsedWallet = WalletRow & WalletUse;

const COLUMNS = `
         w.id, w.address, w.label, w.state, w.state_reason as "stateReason",
         w.permission_id as "permissionId", w.balance_sun as balance, w.staked_sun as staked,
         w.sellable_sun as sellable, w.recovering_sun as recovering,
         w.bandwidth_available::int as "bandwidthAvailable", w.bandwidth_limit::int as "bandwidthLimit",
         w.observed_block::int as "observedBlock", w.observed_at as "observedAt",
         w.registered_at as "registeredAt", w.next_probe_at as "nextProbeAt",
         w.quarantined_from as "quarantinedFrom", w.last_probe as "lastProbe"`;

const USE = `
         coalesce(r.reserved, 0) as reserved, coalesce(r.rented, 0) as rented,
         coalesce(h.sun, 0) as unstaking`;

/** A delivery counts as rented from its inclusion on, although its reservation is HELD until solid. */
const WITH_USE = `
  left join lateral (
    select (sum(s.sun) filter (where not s.delivered))::bigint as reserved,
           (sum(s.sun) filter (where s.delivered))::bigint as rented
    from (select r.sun, r.state <> 'HELD' or exists (
                   select from order_slices s where s.id = r.id and s.state = 'DELIVERED')
                   as delivered
          from reservations r
          where r.wallet_id = w.id and r.state in ('HELD', 'CAPTURED', 'RETURNING')) s
  ) r on true
  left join lateral (
    select sum(sun)::bigint as sun from wallet_holds
    where wallet_id = w.id and state in ('HELD', 'SETTLING')
  ) h on true`;

const OLDEST_FIRST = 'order by w.registered_at, w.id';

/** Every wallet of the pool, the oldest first. */
export function allWallets(em: EntityManager): Promise<WalletRow[]> {
  return query<WalletRow>(em, `select ${COLUMNS} from wallets w ${OLDEST_FIRST}`);
}

/**
 * The same with what is promised of each, which takes longer the more orders wait for delivery.
 * @param only the id of one wallet
 */
export function usedWallets(em: EntityManager, only: string | null = null): Promise<UsedWallet[]> {
  return query<UsedWallet>(
    em,
    `select ${COLUMNS}, ${USE} from wallets w ${WITH_USE}
     where $1::uuid is null or w.id = $1 ${OLDEST_FIRST}`,
    [only],
  );
}

/** What is promised of these wallets, by id. */
export async function usesOfWallets(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, WalletUse>> {
  const rows = await query<WalletUse & { id: string }>(
    em,
    `select w.id, ${USE} from wallets w ${WITH_USE} where w.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const BY_IDS = prepared(`select ${COLUMNS} from wallets w where w.id = any($1::uuid[])`);

/** The wallets with these ids, by id. */
export async function walletsByIds(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, WalletRow>> {
  const rows = await query<WalletRow>(em, BY_IDS, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What of a wallet's stake an order may take, and what is free but kept back, in sun. */
export function freeStake(
  {
    staked,
    sellable,
    reserved,
    rented,
    unstaking,
  }: Pick<WalletRow, 'staked' | 'sellable'> & WalletUse,
  reserve: Reserve,
): { free: bigint; keptBack: bigint } {
  return splitFree({ staked, sellable, committed: reserved + rented + unstaking }, reserve);
}

/** When Energy comes back next of itself, by the chain's clock. */
export interface NextReturn {
  readonly at: Date;
  /** All that ends at that moment. */
  readonly energy: bigint;
}

/** The soonest end among rentals that run; undefined when none does. */
export function nextReturn(em: EntityManager): Promise<NextReturn | undefined> {
  return queryOne<NextReturn>(
    em,
    `select ends_at as at, sum(energy)::bigint as energy from rentals
     where state = 'ACTIVE'
       and ends_at = (select min(ends_at) from rentals where state = 'ACTIVE')
     group by ends_at`,
  );
}
