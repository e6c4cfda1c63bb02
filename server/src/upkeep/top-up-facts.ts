import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { present } from '../kernel/assert.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import { lockWallet, readWalletFacts } from '../staking/wallet-facts.ts';
import type { ThirstyWallet, TopUpFacts, TopUpRule } from './plan-top-ups.ts';

/** How long a wallet whose top-up failed waits for the next one. */
const PAUSE_AFTER_FAILURE = `interval '10 minutes'`;

/** A wallet beside the treasury, as the rule looks at it. */
export interface UpkeepWalletRow extends ThirstyWallet {
  readonly bandwidth: number;
  /** The operation of the top-up that is open. */
  readonly openOperation: string | null;
}

/** What the settings say about top-ups. */
export function topUpRule(values: SettingValues): TopUpRule {
  return {
    enabled: values['upkeep.topUps'],
    low: values['upkeep.lowSun'],
    target: values['upkeep.targetSun'],
    dailyLimit: values['upkeep.dailyLimitSun'],
    treasuryMinimum: values['upkeep.treasuryMinimumSun'],
  };
}

/** The id of the treasury wallet; null when none is set, undefined when it is not in the pool. */
export async function treasuryWallet(
  em: EntityManager,
  values: SettingValues,
): Promise<string | null | undefined> {
  const address = values['upkeep.treasuryWallet'];
  if (address === null) return null;
  const row = await queryOne<{ id: string }>(em, 'select id from wallets where address = $1', [
    address,
  ]);
  return row?.id;
}

/**
 * All that a decision about top-ups needs, with the treasury's row locked: what it can spend stays
 * so. The caller has the turn (`takeTurn`).
 * @throws WalletNotObserved for a treasury that nobody has looked at yet
 */
export async function readTopUpFacts(
  em: EntityManager,
  values: SettingValues,
): Promise<TopUpFacts & { readonly wallets: readonly UpkeepWalletRow[] }> {
  const treasuryId = await treasuryWallet(em, values);
  return {
    rule: topUpRule(values),
    treasury:
      typeof treasuryId === 'string'
        ? { walletId: treasuryId, spendable: await spendable(em, treasuryId, values) }
        : null,
    treasuryUnknown: treasuryId === undefined,
    wallets: await upkeepWallets(em, treasuryId ?? null),
    spentToday: await spentToday(em),
  };
}

/** The treasury's TRX less what is on its way elsewhere, in sun. */
async function spendable(
  em: EntityManager,
  walletId: string,
  values: SettingValues,
): Promise<bigint> {
  const locked = present(await lockWallet(em, walletId), 'treasury wallet');
  const { balance, spending } = await readWalletFacts(em, locked, values);
  return balance - spending;
}

/** Every wallet that was looked at, but the treasury; the oldest first. */
export function upkeepWallets(
  em: EntityManager,
  treasuryId: string | null,
): Promise<UpkeepWalletRow[]> {
  return query<UpkeepWalletRow>(
    em,
    `select w.id as "walletId", w.label, w.balance_sun as balance,
            w.bandwidth_available::int as bandwidth,
            last.open is true as open, case when last.open then last.operation_id end as "openOperation",
            case when last.failed then coalesce(last.last_problem, 'It never got into a block.') end
              as failed
     from wallets w
     left join lateral (
       select t.operation_id, o.last_problem,
              o.state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')
              or o.state = 'SOLID' and exists (
                select from attempts a where a.operation_id = o.id and a.state = 'SOLID'
                  and a.included_block > w.observed_block) as open,
              o.state = 'ABANDONED' and o.updated_at > desk_now() - ${PAUSE_AFTER_FAILURE} as failed
       from top_ups t join chain_operations o on o.id = t.operation_id
       where t.wallet_id = w.id order by t.operation_id desc limit 1) last on true
     where w.observed_block is not null and w.id is distinct from $1
     order by w.registered_at, w.id`,
    [treasuryId],
  );
}

/** Sun of the top-ups of this UTC day, by the database's clock, that landed or may land. */
export async function spentToday(em: EntityManager): Promise<bigint> {
  const row = await queryOne<{ sun: bigint }>(
    em,
    `select coalesce(sum(t.sun), 0)::bigint as sun
     from top_ups t join chain_operations o on o.id = t.operation_id
     where t.requested_at >= date_trunc('day', desk_now(), 'UTC')
       and o.state not in ('ABANDONED', 'CANCELLED')`,
  );
  return row?.sun ?? 0n;
}
