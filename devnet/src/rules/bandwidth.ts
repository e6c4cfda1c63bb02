import type { Transaction } from '../wire/transaction.ts';
import { toBase58 } from '../wire/address.ts';
import { burn, putAccount, requireAccount, ResourceInsufficientError } from './context.ts';
import type { RuleContext } from './context.ts';
import { resultSize } from './parameters.ts';
import { freeUsageAt, useStaked } from './resource-usage.ts';

/** How a transaction's bandwidth and general fees were paid. */
export interface BandwidthBill {
  /** Bytes paid by bandwidth, 0 when TRX was burnt. */
  readonly netUsage: bigint;
  /** Sun burnt for bandwidth. */
  readonly netFee: bigint;
  /** Sun burnt for memo and several signatures. */
  readonly otherFee: bigint;
}

function createsAccount(context: RuleContext, transaction: Transaction): boolean {
  const { call } = transaction;
  if (call.name === 'AccountCreateContract') return true;
  return call.name === 'TransferContract' && !context.state.accounts.get(call.value.to_address);
}

/** Bandwidth of a transaction in bytes: without results, plus a fixed room for its result. */
export function bandwidthOf(transaction: Transaction): number {
  return transaction.size + resultSize;
}

function useFree(context: RuleContext, owner: string, bytes: bigint): boolean {
  const account = context.state.accounts.get(owner);
  if (!account) return false;
  const used = freeUsageAt(account, context.slot);
  if (used + bytes > context.parameters.freeNetLimit) return false;
  putAccount(context, { ...account, freeUsage: used + bytes, freeTime: context.slot });
  return true;
}

function payBandwidth(
  context: RuleContext,
  transaction: Transaction,
): Omit<BandwidthBill, 'otherFee'> {
  const bytes = BigInt(bandwidthOf(transaction));
  const { owner } = transaction;
  const { parameters, state } = context;
  const account = requireAccount(context, owner, `account [${toBase58(owner)}] does not exist`);
  const creates = createsAccount(context, transaction);
  const paid = useStaked(state, parameters, account, 'BANDWIDTH', bytes, context.slot);
  if (paid) {
    putAccount(context, paid);
    return { netUsage: bytes, netFee: 0n };
  }
  // A transfer that creates an account may not use the free bandwidth (BandwidthProcessor).
  if (!creates && useFree(context, owner, bytes)) return { netUsage: bytes, netFee: 0n };
  const fee = creates ? parameters.createAccountFee : bytes * parameters.bandwidthPrice;
  if (!burn(context, owner, fee)) {
    throw new ResourceInsufficientError(`account [${toBase58(owner)}] lacks bandwidth`);
  }
  return { netUsage: 0n, netFee: fee };
}

/**
 * Pays bandwidth (staked, then free, then TRX; never mixed), several signatures and memo.
 * Throws ContractValidateError for an unknown owner and ResourceInsufficientError.
 */
export function payForTransaction(context: RuleContext, transaction: Transaction): BandwidthBill {
  const { parameters } = context;
  const bill = payBandwidth(context, transaction);
  const multi = transaction.signatures.length > 1 ? parameters.multiSignFee : 0n;
  const memo = transaction.raw.data === '' ? 0n : parameters.memoFee;
  if (!burn(context, transaction.owner, multi) || !burn(context, transaction.owner, memo)) {
    throw new ResourceInsufficientError('insufficient balance for memo or multi-sign fee');
  }
  return { ...bill, otherFee: multi + memo };
}
