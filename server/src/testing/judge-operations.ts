import type { EntityManager } from '../database/database.ts';
import { query } from '../database/query.ts';
import type { OperationKind } from '../operations/operation-states.ts';
import { addressFromHex } from '../chain/address.ts';
import type { RecordEntry } from './chain-against-books.ts';

/** An operation of a wallet that no order asked for, with every transaction that was made for it. */
export interface WalletOperationRow {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: string;
  readonly receiver: string | null;
  readonly amount: bigint | null;
  readonly txids: readonly string[];
  /** Of the unstaking's hold; null where there is none. */
  readonly hold: string | null;
}

export function readWalletOperations(em: EntityManager): Promise<WalletOperationRow[]> {
  return query<WalletOperationRow>(
    em,
    `select o.id, o.kind, o.state, o.receiver,
            coalesce(o.amount_sun, (o.details ->> 'amount')::bigint) as amount, h.state as hold,
            array(select a.txid from attempts a where a.operation_id = o.id) as txids
     from chain_operations o left join wallet_holds h on h.id = o.id
     where o.purpose in ('wallet', 'withdrawal', 'sweep', 'sweep-fuel')`,
  );
}

const CONTRACTS: Partial<Record<OperationKind, string>> = {
  FREEZE: 'FreezeBalanceV2Contract',
  UNFREEZE: 'UnfreezeBalanceV2Contract',
  CANCEL_UNFREEZE: 'CancelAllUnfreezeV2Contract',
  WITHDRAW_EXPIRED: 'WithdrawExpireUnfreezeContract',
  CLAIM_REWARDS: 'WithdrawBalanceContract',
  VOTE: 'VoteWitnessContract',
  TRANSFER: 'TransferContract',
  TOKEN_TRANSFER: 'TriggerSmartContract',
  SET_PERMISSIONS: 'AccountPermissionUpdateContract',
};

/** I4 and I6 for them: once at most, as intended, and never when it was given up. */
export function operationBreaks(
  operation: WalletOperationRow,
  record: readonly RecordEntry[],
): string[] {
  const { id, kind, state, receiver, amount, txids, hold } = operation;
  // A call that failed is in its block as something that moved nothing.
  const landed = record.filter(
    (entry) => txids.includes(entry.txid) && (kind !== 'TOKEN_TRANSFER' || entry.kind === 'usdt'),
  );
  const name = `${kind} ${id} (${state})`;
  const breaks: string[] = [];
  if (landed.length > 1) breaks.push(`${name} was executed ${landed.length} times`);
  if (state === 'SOLID' && landed.length === 0) breaks.push(`${name} is not on the chain`);
  if ((state === 'ABANDONED' || state === 'CANCELLED') && landed.length > 0) {
    breaks.push(`${name} was given up and is on the chain`);
  }
  for (const entry of landed) {
    if (entry.type !== CONTRACTS[kind]) breaks.push(`${name} was executed as ${entry.type}`);
    if (kind !== 'TRANSFER' && kind !== 'TOKEN_TRANSFER') continue;
    const to = entry.receiver?.startsWith('41') ? addressFromHex(entry.receiver) : entry.receiver;
    if (to !== receiver || entry.amount !== amount?.toString()) {
      breaks.push(`${name} paid ${entry.amount ?? '?'} to ${to ?? '?'}`);
    }
  }
  if ((hold === 'HELD' && state === 'SOLID') || (hold === 'RELEASED' && landed.length > 0)) {
    breaks.push(`${name} has a hold that is ${hold}`);
  }
  return breaks;
}
