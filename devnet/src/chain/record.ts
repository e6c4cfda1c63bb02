import { resourceFrom } from '../rules/stake.ts';
import { contracts } from './contract-addresses.ts';
import type { Chain } from './chain.ts';
import type { Block } from './block.ts';
import type { Transaction } from '../wire/transaction.ts';

/** One executed movement, amounts as decimal strings (sun or micro-USDT). */
export interface RecordEntry {
  readonly block: number;
  readonly time: number;
  readonly solid: boolean;
  readonly txid: string;
  readonly kind: 'delegate' | 'undelegate' | 'transfer' | 'usdt' | 'internal' | 'other';
  readonly type: string;
  readonly owner: string;
  readonly receiver?: string;
  readonly resource?: string;
  readonly amount?: string;
  /** Sun that the transaction cost its sender; on the first movement of a transaction only. */
  readonly fee?: string;
}

type Movement = Pick<RecordEntry, 'kind' | 'receiver' | 'resource' | 'amount' | 'owner'>;

interface InfoLogs {
  readonly log?: readonly { address: string; topics: readonly string[]; data: string }[];
  readonly internal_transactions?: readonly {
    readonly caller_address: string;
    readonly transferTo_address: string;
    readonly callValueInfo: readonly { readonly callValue?: number }[];
    readonly rejected?: boolean;
  }[];
}

function tokenMovements(block: Block, position: number): Movement[] {
  const info = JSON.parse(block.infoJson(position)) as InfoLogs;
  const movements: Movement[] = [];
  for (const { address, topics, data } of info.log ?? []) {
    const [, from, to] = topics;
    if (`41${address}` !== contracts.usdt || from === undefined || to === undefined) continue;
    movements.push({
      kind: 'usdt',
      owner: `41${from.slice(24)}`,
      receiver: `41${to.slice(24)}`,
      amount: BigInt(`0x${data}`).toString(),
    });
  }
  for (const inner of info.internal_transactions ?? []) {
    const amount = inner.callValueInfo[0]?.callValue ?? 0;
    if (inner.rejected === true || amount === 0) continue;
    const { caller_address: owner, transferTo_address: receiver } = inner;
    movements.push({ kind: 'internal', owner, receiver, amount: String(amount) });
  }
  return movements;
}

function feeOf(block: Block, position: number): string {
  const { fee } = JSON.parse(block.infoJson(position)) as { fee?: number };
  return String(fee ?? 0);
}

function movements(block: Block, transaction: Transaction, position: number): Movement[] {
  const { call, owner } = transaction;
  switch (call.name) {
    case 'DelegateResourceContract':
    case 'UnDelegateResourceContract':
      return [
        {
          kind: call.name === 'DelegateResourceContract' ? 'delegate' : 'undelegate',
          owner,
          receiver: call.value.receiver_address,
          resource: resourceFrom(call.value.resource) ?? '',
          amount: call.value.balance.toString(),
        },
      ];
    case 'TransferContract': {
      const { to_address: receiver, amount } = call.value;
      return [{ kind: 'transfer', owner, receiver, amount: amount.toString() }];
    }
    case 'TriggerSmartContract': {
      const found = tokenMovements(block, position);
      return found.length > 0 ? found : [{ kind: 'other', owner }];
    }
    default:
      return [{ kind: 'other', owner }];
  }
}

/** Whose movements are told, by hex address; everybody's where nobody is named. */
export interface Involved {
  readonly owners: readonly string[];
  readonly receivers: readonly string[];
}

/**
 * Everything the chain executed for the given owners, or to the given receivers, from block `first`
 * on, in the order of execution: what tests judge the books by.
 */
export function recordOf(chain: Chain, involved: Involved, first: number): RecordEntry[] {
  const wanted = new Set(involved.owners);
  const paid = new Set(involved.receivers);
  const all = wanted.size + paid.size === 0;
  const entries: RecordEntry[] = [];
  for (const number of chain.busyBlocks(first)) {
    const block = chain.block(number);
    block?.transactions.forEach((transaction, position) => {
      const { txid, call } = transaction;
      const { timestamp: time } = block.header;
      for (const [place, movement] of movements(block, transaction, position).entries()) {
        const told =
          wanted.has(movement.owner) ||
          wanted.has(transaction.owner) ||
          paid.has(movement.receiver ?? '');
        if (!all && !told) continue;
        const solid = number <= chain.solid;
        const base = { block: number, time, solid, txid, type: call.name, ...movement };
        entries.push(place === 0 ? { ...base, fee: feeOf(block, position) } : base);
      }
    });
  }
  return entries;
}
