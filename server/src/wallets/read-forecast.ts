import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import { readCursor } from '../following/chain-cursor.ts';
import type { ResourceRatio } from '../chain/resource-maths.ts';
import { ChainUnavailable } from '../tron/tron.errors.ts';
import { type Ending, type ForecastPoint, forecastPool, type ForecastWallet } from './forecast.ts';
import type { Reserve } from '../capacity/kept-back.ts';
import { type UsedWallet, usedWallets } from './wallet-rows.ts';

export interface ForecastWish {
  readonly ratio: ResourceRatio;
  readonly reserve: Reserve;
  readonly stepMs: number;
  readonly steps: number;
  /** One wallet, or the whole pool. */
  readonly walletId: string | null;
}

/** From the end of a rental until its stake can be sold: an undelegation, solid, and a look at it. */
const RETURN_MS = 120_000;

interface ChainSide {
  id: string;
  delegated: bigint;
  usage: bigint;
  window_slots: number;
  absorbing: bigint;
  observed_ms: bigint | null;
}

/**
 * The pool's forecast from the last solid block that was read. Rentals come as sums by wallet and
 * step, however many they are.
 * @throws ChainUnavailable before a block was read
 */
export async function readForecast(
  em: EntityManager,
  { ratio, reserve, stepMs, steps, walletId }: ForecastWish,
): Promise<ForecastPoint[]> {
  const cursor = await readCursor(em, 'solid');
  if (!cursor) throw new ChainUnavailable('No solid block was read yet; ask again in a minute.');
  const wallets = await usedWallets(em, walletId);
  const ids = wallets.map(({ id }) => id);
  const sides = new Map((await chainSides(em, ids)).map((side) => [side.id, side]));
  const terms = { ratio, reserve, stepMs, steps, fromMs: cursor.timeMs };
  return forecastPool(
    wallets.map((wallet) =>
      forecastWallet(wallet, present(sides.get(wallet.id), 'wallet'), cursor.timeMs),
    ),
    await endings(em, ids, terms),
    terms,
  );
}

function forecastWallet(wallet: UsedWallet, side: ChainSide, nowMs: number): ForecastWallet {
  const { id, state, staked, reserved, rented, unstaking } = wallet;
  return {
    walletId: id,
    sells: state === 'ACTIVE',
    staked,
    reserved,
    rented,
    unstaking,
    delegated: side.delegated,
    absorbing: side.absorbing,
    usage: {
      usage: side.usage,
      windowSlots: BigInt(side.window_slots),
      atMs: Number(side.observed_ms ?? nowMs),
    },
  };
}

function chainSides(em: EntityManager, ids: readonly string[]): Promise<ChainSide[]> {
  return query<ChainSide>(
    em,
    `select id, delegated_sun as delegated, usage_energy as usage, absorbing_sun as absorbing,
            usage_window_slots as window_slots,
            (extract(epoch from observed_at) * 1000)::bigint as observed_ms
     from wallets where id = any($1::uuid[])`,
    [ids],
  );
}

/**
 * When what is promised comes back: rentals at their end, promises as if they were delivered now,
 * and what is being taken back at once; each after {@link RETURN_MS}.
 */
function endings(
  em: EntityManager,
  walletIds: readonly string[],
  { fromMs, stepMs, steps }: { fromMs: number; stepMs: number; steps: number },
): Promise<Ending[]> {
  return query<Ending>(
    em,
    `select e.wallet_id as "walletId", e.step, sum(e.sun)::bigint as sun
     from (
       select b.wallet_id, b.sun,
              greatest(1, ceil((extract(epoch from b.at) * 1000 + ${RETURN_MS.toString()} - $2::bigint)
                               / $3::bigint))::int as step
       from (
         select wallet_id, stake_sun as sun, ends_at as at from rentals
         where state = 'ACTIVE' and wallet_id = any($1::uuid[])
           and ends_at <= to_timestamp(($2::bigint + $3::bigint * $4::bigint) / 1000.0)
         union all
         select wallet_id, stake_sun, to_timestamp($2::bigint / 1000.0) from rentals
         where state = 'RECLAIMING' and wallet_id = any($1::uuid[])
         union all
         select wallet_id, sun, to_timestamp($2::bigint / 1000.0) from reservations
         where state = 'RETURNING' and wallet_id = any($1::uuid[])
         union all
         select r.wallet_id, r.sun,
                coalesce(o.rental_ends_at, to_timestamp($2::bigint / 1000.0)
                                           + make_interval(secs => o.duration_seconds))
         from reservations r
         join order_slices s on s.id = r.id join orders o on o.id = s.order_id
         where r.state = 'HELD' and r.wallet_id = any($1::uuid[])
       ) b
     ) e
     where e.step <= $4::bigint group by e.wallet_id, e.step`,
    [walletIds, fromMs, stepMs, steps],
  );
}
