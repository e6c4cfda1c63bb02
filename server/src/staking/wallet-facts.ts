import type { EntityManager } from '../database/database.ts';
import { query, queryOne } from '../database/query.ts';
import { sum } from '../kernel/money.ts';
import type { OperationKind } from '../operations/operation-states.ts';
import type { SettingValues } from '../settings/catalogue.ts';
import type { Address } from '../chain/address.ts';
import { readStakes } from '../wallets/wallet-stakes.ts';
import { PERMISSION_FEE_SUN, type WalletFacts } from './check-wallet-operation.ts';
import { WalletNotObserved } from './staking.errors.ts';

/** A wallet's row, locked. */
export interface LockedWallet {
  readonly id: string;
  readonly address: Address;
  readonly permission_id: number;
  readonly balance_sun: bigint;
  readonly free_sun: bigint;
}

/** Locks a wallet; what is free of it stays so until the end of the transaction. */
export function lockWallet(em: EntityManager, walletId: string): Promise<LockedWallet | undefined> {
  return queryOne<LockedWallet>(
    em,
    `select id, address, permission_id, balance_sun, sellable_sun - committed_sun as free_sun
     from wallets where id = $1 for no key update`,
    [walletId],
  );
}

interface UnderWay {
  kind: OperationKind;
  amount_sun: bigint | null;
  /** What a call may burn; null for everything else. */
  fee_limit: bigint | null;
  resource: string | null;
}

/** All that a check needs to know of a locked wallet. @throws WalletNotObserved */
export async function readWalletFacts(
  em: EntityManager,
  wallet: LockedWallet,
  settings: SettingValues,
): Promise<WalletFacts> {
  const stakes = (await readStakes(em, [wallet.id])).get(wallet.id);
  const now = await chainTime(em);
  if (!stakes || !now) throw new WalletNotObserved();
  const underWay = await operationsUnderWay(em, wallet.address, stakes.observedBlock);
  const sunOf = (kinds: readonly OperationKind[]): bigint =>
    sum(underWay.filter(({ kind }) => kinds.includes(kind)).map((row) => row.amount_sun ?? 0n));
  const counts = new Map<OperationKind, number>();
  for (const { kind } of underWay) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const bandwidthOut = sum(
    underWay
      .filter(({ kind, resource }) => kind === 'UNFREEZE' && resource === 'BANDWIDTH')
      .map((row) => row.amount_sun ?? 0n),
  );
  const pool = await query<{ address: string }>(em, 'select address from wallets');
  return {
    address: wallet.address,
    balance: wallet.balance_sun,
    spending:
      sunOf(['FREEZE', 'TRANSFER']) +
      sum(underWay.map(({ fee_limit }) => fee_limit ?? 0n)) +
      BigInt(counts.get('SET_PERMISSIONS') ?? 0) * PERMISSION_FEE_SUN,
    feeReserve: settings['staking.feeReserveSun'],
    freeEnergyStake: wallet.free_sun,
    freeBandwidthStake: stakes.bandwidthStaked - stakes.bandwidthDelegated - bandwidthOut,
    unfreezing: stakes.unfreezing,
    underWay: counts,
    votingPower: stakes.votingPower,
    rewards: stakes.rewards,
    lastClaimAt: stakes.lastClaimAt,
    chainTime: now,
    payable: new Set([
      ...pool.map(({ address }) => address),
      ...settings['staking.treasuryAddresses'],
    ]),
  };
}

/** The time of the last solid block that was read; undefined before the first. */
export async function chainTime(em: EntityManager): Promise<Date | undefined> {
  const cursor = await queryOne<{ time_ms: bigint }>(
    em,
    `select time_ms from chain_cursors where name = 'solid'`,
  );
  return cursor && new Date(Number(cursor.time_ms));
}

/** Those that may still land, and those that are solid in a block which the observation has not reached. */
function operationsUnderWay(
  em: EntityManager,
  owner: Address,
  observedBlock: number,
): Promise<UnderWay[]> {
  return query<UnderWay>(
    em,
    `select o.kind, o.amount_sun, o.resource,
            case when o.kind = 'TOKEN_TRANSFER' then (o.details ->> 'feeLimitSun')::bigint end as fee_limit
     from chain_operations o
     where o.owner = $1 and o.kind not in ('DELEGATE', 'UNDELEGATE')
       and (o.state in ('INTENDED', 'ATTEMPTING', 'INCLUDED')
            or o.state = 'SOLID' and exists (
              select from attempts a
              where a.operation_id = o.id and a.state = 'SOLID' and a.included_block > $2))`,
    [owner, observedBlock],
  );
}
